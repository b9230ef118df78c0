import { Button, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import { useShowInHeader } from "../connection/ConnectionContext";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { operating, useRuntime } from "../runtime/useRuntime";
import { useSignedIn } from "../session/SessionContext";
import { Centered } from "../ui/Centered";
import { Choices } from "../ui/Choices";
import { FindInput } from "../ui/FindInput";
import { formatBytes, formatClock, plural } from "../ui/format";
import { administration, NoGrant } from "../ui/NoGrant";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";
import { Section } from "../ui/Section";
import classes from "./Connections.module.css";
import { ConnectionTable } from "./ConnectionTable";
import { type Connection, matches, type State, stateLabels, stateOf, states } from "./connection";
import { EndDialog } from "./EndDialog";
import { TotalsSection } from "./TotalsSection";
import { useConnections } from "./useConnections";

const slices = ["connections"];

/** Who streams what from the tenant, and how they keep up; for administrators. */
export default function ConnectionsPage() {
  useDocumentTitle("Connections · Freshet");
  const runtime = useRuntime(operating, slices);
  const list = useConnections();
  const denied = runtime.denied && list.denied;
  useShowInHeader(denied ? null : runtime.stream);
  return (
    <div className={classes["page"]}>
      <Title order={1}>Connections</Title>
      {denied ? (
        <NoGrant what="The list of connections" />
      ) : (
        <>
          <FreshnessStrip
            stream={runtime.stream}
            current={runtime.current}
            reopen={runtime.reopen}
          />
          <TotalsSection runtime={runtime} />
          <ListSection list={list} />
        </>
      )}
    </div>
  );
}

function ListSection(props: { list: ReturnType<typeof useConnections> }) {
  const { connections, problem, readAt } = props.list;
  const { session } = useSignedIn();
  const mayEnd = session.write.includes(administration);
  const [chosen, setChosen] = useState<readonly State[]>([]);
  const [find, setFind] = useState("");
  const [ending, setEnding] = useState<Connection | null>(null);
  const [ended, setEnded] = useState("");
  const clear = () => {
    setChosen([]);
    setFind("");
  };
  return (
    <Section
      title="Streams"
      aside={<span className={classes["aside"]}>{summary(connections ?? [])}</span>}
    >
      {problem !== null && readAt !== null && (
        <Notice tone="warn" title="The list is not up to date">
          <Text size="sm">
            It is from {formatClock(readAt)}. {problem.detail ?? problem.title}
          </Text>
        </Notice>
      )}
      <div className={classes["bar"]}>
        <Choices
          label="States"
          choices={choicesOf(connections ?? [], chosen)}
          chosen={chosen}
          onChange={setChosen}
        />
        <FindInput
          className={classes["find"]}
          label="Find a stream"
          placeholder="Who, address or topic"
          value={find}
          onChange={setFind}
        />
        <span className={classes["ended"]} role="status">
          {ended}
        </span>
      </div>
      {!mayEnd && (
        <p className={classes["note"]}>
          To end streams, this session needs a write grant for <code>{administration}</code>.
        </p>
      )}
      <List
        connections={connections}
        problem={problem}
        picked={(connection) =>
          (chosen.length === 0 || chosen.includes(stateOf(connection))) && matches(connection, find)
        }
        onClear={clear}
        onEnd={mayEnd ? setEnding : null}
      />
      {ending !== null && (
        <EndDialog
          connection={ending}
          onClose={() => setEnding(null)}
          onEnded={({ subject }) => {
            setEnding(null);
            setEnded(`The stream of ${subject} is ended.`);
          }}
        />
      )}
    </Section>
  );
}

function List(props: {
  connections: readonly Connection[] | null;
  problem: ReturnType<typeof useConnections>["problem"];
  picked: (connection: Connection) => boolean;
  onClear: () => void;
  onEnd: ((connection: Connection) => void) | null;
}) {
  const { connections, problem } = props;
  if (connections === null) {
    if (problem !== null) {
      return <ProblemNotice problem={problem} title="The list cannot be read" />;
    }
    return (
      <Stack gap={8} role="status" aria-label="Loading the list">
        <Skeleton height={56} />
        <Skeleton height={56} />
      </Stack>
    );
  }
  const picked = connections.filter(props.picked);
  if (picked.length === 0) {
    return (
      <Centered>
        <Title order={3} size="h4">
          {connections.length === 0 ? "Nobody is connected" : "No stream is like that"}
        </Title>
        {connections.length > 0 && (
          <Button variant="default" onClick={props.onClear}>
            Show all
          </Button>
        )}
      </Centered>
    );
  }
  return <ConnectionTable connections={picked} onEnd={props.onEnd} />;
}

function choicesOf(connections: readonly Connection[], chosen: readonly State[]) {
  return states
    .map((state) => ({
      value: state,
      label: stateLabels[state],
      count: connections.filter((each) => stateOf(each) === state).length,
    }))
    .filter(({ value, count }) => count > 0 || chosen.includes(value));
}

function summary(connections: readonly Connection[]): string {
  const open = connections.filter((each) => stateOf(each) !== "closed");
  if (open.length === 0) return "";
  const sum = (of: (each: Connection) => number) => open.reduce((all, each) => all + of(each), 0);
  return [
    `${plural(open.length, "stream")} open`,
    plural(
      sum(({ deliveries }) => deliveries),
      "event",
    ),
    `${formatBytes(sum(({ bytes }) => bytes))} sent over them`,
  ].join(" · ");
}
