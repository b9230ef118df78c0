// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import type { TaskSubtask } from "@freshet/client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { formatCount, plural } from "../ui/format";
import { ProgressBar } from "./ProgressBar";
import { StatusBadge } from "./StatusBadge";
import classes from "./Table.module.css";
import { amount, rate, share } from "./task";

/** More rows than anybody reads; the others are one click away. */
const firstRows = 100;

/** A task's parts, and how far they are. */
export function SubtaskTable({ subtasks }: { subtasks: readonly TaskSubtask[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? subtasks : subtasks.slice(0, firstRows);
  return (
    <>
      <div className={classes["frame"]}>
        <table className={classes["table"]} role="table" aria-label="Files">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col" className={classes["statusColumn"]}>
                Status
              </th>
              <th scope="col" className={classes["progressColumn"]}>
                Progress
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {shown.map((subtask) => (
              <Row key={subtask.id} subtask={subtask} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < subtasks.length && (
        <Button variant="default" onClick={() => setAll(true)}>
          Show all {formatCount(subtasks.length)}
        </Button>
      )}
    </>
  );
}

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
        {sha256 !== null && (
          <div className={`${classes["minor"]} ${classes["sum"]}`}>SHA-256 {sha256}</div>
        )}
        {error !== null && <div className={classes["error"]}>{error.message}</div>}
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
