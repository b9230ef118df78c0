// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Badge, type Tone } from "../ui/Badge";
import { type Column, DataTable, Minor } from "../ui/DataTable";
import { formatBytes, formatCount, formatDuration, formatFull, plural } from "../ui/format";
import { useNow } from "../ui/useNow";
import classes from "./Connections.module.css";
import { type Connection, reasonOf, type State, stateLabels, stateOf } from "./connection";

/** Where a row becomes a card. */
const cardsBelow = 1_150;

/** Streams, one a row. */
export function ConnectionTable(props: {
  connections: readonly Connection[];
  /** Null: the session may not end any. */
  onEnd: ((connection: Connection) => void) | null;
}) {
  const { onEnd } = props;
  return (
    <DataTable
      label="Streams"
      columns={onEnd === null ? columns : [...columns, ["End", classes["endColumn"]]]}
      rows={props.connections}
      keyOf={({ id }) => id}
      cardsBelow={cardsBelow}
      className={classes["table"]}
    >
      {(connection) => <Row connection={connection} onEnd={onEnd} />}
    </DataTable>
  );
}

const columns: readonly Column[] = [
  ["State", classes["stateColumn"]],
  ["Who", classes["whoColumn"]],
  ["Tenant", classes["tenantColumn"]],
  ["Filter"],
  ["Transport", classes["transportColumn"]],
  ["Lag", classes["numberColumn"]],
  ["Sent", classes["bytesColumn"]],
  ["Opened", classes["ageColumn"]],
];

function Row(props: { connection: Connection; onEnd: ((connection: Connection) => void) | null }) {
  const { connection, onEnd } = props;
  const state = stateOf(connection);
  const reason = reasonOf(connection);
  return (
    <tr role="row" data-connection={connection.id} data-state={state}>
      <td role="cell" className={classes["stateCell"]}>
        <Badge tone={tones[state]} mark={marks[state]} width="5.8rem" data={state}>
          {stateLabels[state]}
        </Badge>
        {reason !== null && <Minor>{reason}</Minor>}
      </td>
      <td role="cell" className={classes["whoCell"]}>
        <div className={classes["who"]}>{connection.subject}</div>
        <Minor>{connection.remoteAddress}</Minor>
      </td>
      <Fact name="Tenant">{connection.tenant}</Fact>
      <td role="cell" className={classes["filterCell"]}>
        <ul className={classes["patterns"]}>
          {connection.topics.map((topic) => (
            <li key={topic}>{topic}</li>
          ))}
        </ul>
        <Minor>{connection.types.length === 0 ? "all types" : connection.types.join(", ")}</Minor>
      </td>
      <Fact name="Transport">{transports[connection.transport] ?? connection.transport}</Fact>
      <Fact name="Lag">{state === "closed" ? "–" : formatCount(connection.lag)}</Fact>
      <Fact name="Sent" minor={plural(connection.deliveries, "event")}>
        {formatBytes(connection.bytes)}
      </Fact>
      <Fact name="Opened">
        <Age since={new Date(connection.since)} />
      </Fact>
      {onEnd !== null && (
        <td role="cell" className={classes["endCell"]}>
          {state !== "closed" && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`End the stream of ${connection.subject}`}
              onClick={() => onEnd(connection)}
            >
              End…
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}

/** A cell that says by itself what it is, where the heads of columns are not shown. */
function Fact(props: { name: string; minor?: string; children: ReactNode }) {
  return (
    <td role="cell" className={classes["fact"]}>
      <span className={classes["factName"]} aria-hidden="true">
        {props.name}
      </span>
      {props.children}
      {props.minor !== undefined && <Minor>{props.minor}</Minor>}
    </td>
  );
}

function Age({ since }: { since: Date }) {
  return (
    <time dateTime={since.toISOString()} title={formatFull(since)}>
      {formatDuration(useNow() - since.getTime())} ago
    </time>
  );
}

const transports: Readonly<Record<string, string>> = { sse: "stream", page: "pages" };

const tones: Record<State, Tone> = {
  current: "live",
  lagging: "warn",
  stalled: "bad",
  closed: "idle",
};

const marks: Record<State, ReactNode> = {
  current: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  lagging: <path d="M5 .8l4.6 8.400H.4z" fill="currentColor" />,
  stalled: <path d="M1 1h8v8H1z" fill="currentColor" />,
  closed: <path d="M1.500 1.500l7 7M8.500 1.500l-7 7" stroke="currentColor" strokeWidth="1.8" />,
};
