import type { EventStream } from "@freshet/client";
import { Code, Text, Title } from "@mantine/core";
import { LiveList } from "../connection/LiveList";
import { mayReadBelow, NothingGranted } from "../session/NothingGranted";
import { useSignedIn } from "../session/SessionContext";
import { Centered } from "../ui/Centered";
import { AcquisitionTable } from "./AcquisitionTable";
import type { Acquisition } from "./acquisition";
import { type AcquisitionsSearch, pick } from "./search";

/** The list, or why there is none. */
export function AcquisitionsView(props: {
  /** Null: not known yet. */
  acquisitions: readonly Acquisition[] | null;
  search: AcquisitionsSearch;
  stream: EventStream | null;
  reopen: () => void;
  onClear: () => void;
}) {
  return (
    <LiveList
      all={props.acquisitions}
      pick={(all) => pick(all, props.search)}
      word="acquisitions"
      noMatch="No acquisition matches"
      onClear={props.onClear}
      none={<None />}
      stream={props.stream}
      reopen={props.reopen}
    >
      {(picked) => <AcquisitionTable acquisitions={picked} />}
    </LiveList>
  );
}

function None() {
  const { session } = useSignedIn();
  if (!mayReadBelow("instruments", session.read)) {
    return (
      <NothingGranted
        what="instruments"
        patterns={session.read}
        needed="instruments/**"
        more=", or one instrument of it"
      />
    );
  }
  return (
    <Centered>
      <Title order={2} size="h4">
        No acquisitions yet
      </Title>
      <Text c="dimmed">They appear here as soon as a microscope reports one.</Text>
      <Text c="dimmed">
        To see how that looks, start a simulated one: <Code>./run simulate microscopy</Code>
      </Text>
    </Centered>
  );
}
