import type { EventStream } from "@freshet/client";
import { Button, Code, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useStatus } from "../connection/useStatus";
import { useSignedIn } from "../session/SessionContext";
import { Centered } from "../ui/Centered";
import { formatCount } from "../ui/format";
import { ProblemNotice } from "../ui/ProblemNotice";
import { AcquisitionTable } from "./AcquisitionTable";
import type { Acquisition } from "./acquisition";
import { type AcquisitionsSearch, pick } from "./search";

/** More rows than anybody reads; the others are one click or one filter away. */
const firstRows = 200;

/** The list, or why there is none. */
export function AcquisitionsView(props: {
  /** Null: not known yet. */
  acquisitions: readonly Acquisition[] | null;
  search: AcquisitionsSearch;
  stream: EventStream | null;
  reopen: () => void;
  onClear: () => void;
}) {
  const { acquisitions, search } = props;
  const [all, setAll] = useState(false);
  if (acquisitions === null) return <NotYet stream={props.stream} reopen={props.reopen} />;
  if (acquisitions.length === 0) return <None />;
  const picked = pick(acquisitions, search);
  if (picked.length === 0) return <NoMatch onClear={props.onClear} />;
  const shown = all ? picked : picked.slice(0, firstRows);
  return (
    <Stack gap="sm">
      <AcquisitionTable acquisitions={shown} />
      {shown.length < picked.length && (
        <Button variant="default" onClick={() => setAll(true)}>
          Show all {formatCount(picked.length)}
        </Button>
      )}
    </Stack>
  );
}

function NotYet(props: { stream: EventStream | null; reopen: () => void }) {
  const status = useStatus(props.stream);
  if (status?.name === "failed") {
    return (
      <Stack>
        <ProblemNotice problem={status.problem} title="Acquisitions cannot be shown" />
        <Button variant="default" onClick={props.reopen} style={{ alignSelf: "start" }}>
          Try again
        </Button>
      </Stack>
    );
  }
  return (
    <Stack gap={8} role="status" aria-label="Loading acquisitions">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={62} />
      ))}
    </Stack>
  );
}

function NoMatch(props: { onClear: () => void }) {
  return (
    <Centered>
      <Title order={2} size="h4">
        No acquisition matches
      </Title>
      <Button variant="default" onClick={props.onClear}>
        Show all
      </Button>
    </Centered>
  );
}

function None() {
  const { session } = useSignedIn();
  if (!session.read.some(mayReadInstruments)) return <NotGranted patterns={session.read} />;
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

function NotGranted(props: { patterns: readonly string[] }) {
  return (
    <Centered>
      <Title order={2} size="h4">
        This session shows no instruments
      </Title>
      <Text c="dimmed">
        It may read <Code>{props.patterns.join(" ") || "nothing"}</Code>. Ask for a token that may
        read <Code>instruments/**</Code>, or one instrument of it.
      </Text>
    </Centered>
  );
}

function mayReadInstruments(pattern: string): boolean {
  const [first] = pattern.split("/");
  return first === "instruments" || first === "*" || first === "**";
}
