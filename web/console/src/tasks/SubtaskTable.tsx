// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import type { TaskSubtask } from "@freshet/client";
import { type Column, DataTable, Minor, RowError } from "../ui/DataTable";
import { plural } from "../ui/format";
import { ProgressBar } from "./ProgressBar";
import { StatusBadge } from "./StatusBadge";
import classes from "./Table.module.css";
import { amount, rate, share } from "./task";

/** Where a row becomes a card. */
const cardsBelow = 640;

/** A task's parts, and how far they are. */
export function SubtaskTable({ subtasks }: { subtasks: readonly TaskSubtask[] }) {
  return (
    <DataTable
      label="Files"
      columns={columns}
      rows={subtasks}
      keyOf={({ id }) => id}
      cardsBelow={cardsBelow}
    >
      {(subtask) => <Row subtask={subtask} />}
    </DataTable>
  );
}

const columns: readonly Column[] = [
  ["File"],
  ["Status", classes["statusColumn"]],
  ["Progress", classes["progressColumn"]],
];

function Row({ subtask }: { subtask: TaskSubtask }) {
  const { name, status, sha256, error, attempts } = subtask;
  const parts = [
    amount(subtask),
    ...(status === "running" ? [rate(subtask.bytesPerSecond)] : []),
    ...(attempts > 1 ? [plural(attempts, "attempt")] : []),
  ];
  return (
    <tr role="row" data-subtask={name} data-state={status}>
      <td role="cell">
        <div className={classes["part"]}>{name}</div>
        {sha256 !== null && <Minor className={classes["sum"]}>SHA-256 {sha256}</Minor>}
        {error !== null && <RowError>{error.message}</RowError>}
      </td>
      <td role="cell">
        <StatusBadge status={status} />
      </td>
      <td role="cell" className={classes["wide"]}>
        <ProgressBar label={`Progress of ${name}`} share={share(subtask)} status={status} />
        <div className={classes["numbers"]}>{parts.join(" · ")}</div>
      </td>
    </tr>
  );
}
