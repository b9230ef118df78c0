// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import type { TaskDetail } from "@freshet/client";
import { Link } from "@tanstack/react-router";
import { Ago } from "../ui/Ago";
import { type Column, DataTable, Minor, RowError } from "../ui/DataTable";
import { parseTime } from "../ui/format";
import { useNow } from "../ui/useNow";
import { ProgressBar } from "./ProgressBar";
import { StatusBadge } from "./StatusBadge";
import classes from "./Table.module.css";
import { amount, files, formatTook, isOver, rate, shareOf, timeLeft, titleOf, took } from "./task";

/** Where a row becomes a card. */
const cardsBelow = 940;

/** Tasks, and how far they are. */
export function TaskTable({ tasks }: { tasks: readonly TaskDetail[] }) {
  return (
    <DataTable
      label="Tasks"
      columns={columns}
      rows={tasks}
      keyOf={({ id }) => id}
      cardsBelow={cardsBelow}
    >
      {(task) => <Row task={task} />}
    </DataTable>
  );
}

const columns: readonly Column[] = [
  ["Task"],
  ["Status", classes["statusColumn"]],
  ["Progress", classes["progressColumn"]],
  ["Rate", classes["rateColumn"]],
  ["Made", classes["madeColumn"]],
];

function Row({ task }: { task: TaskDetail }) {
  const { progress, status } = task;
  const madeAt = parseTime(task.createdAt);
  return (
    <tr role="row" data-task={task.id} data-state={status}>
      <td role="cell">
        <Link to="/console/tasks/$taskId" params={{ taskId: task.id }} className={classes["name"]}>
          {titleOf(task)}
        </Link>
        <Minor>
          {task.kind} · {task.owner}
        </Minor>
        {task.error !== null && <RowError>{task.error.message}</RowError>}
      </td>
      <td role="cell">
        <StatusBadge status={status} />
      </td>
      <td role="cell" className={classes["wide"]}>
        <ProgressBar label={`Progress of ${titleOf(task)}`} share={shareOf(task)} status={status} />
        <div className={classes["numbers"]}>
          {amount(progress)} · {files(progress)}
        </div>
      </td>
      <td role="cell" className={classes["wide"]}>
        <Pace task={task} />
      </td>
      <td role="cell" className={classes["made"]}>
        {madeAt !== null && <Ago at={madeAt} />}
      </td>
    </tr>
  );
}

/** How fast it is; or how long it took. */
function Pace({ task }: { task: TaskDetail }) {
  const now = useNow();
  if (isOver(task)) {
    const ms = took(task, now);
    return <Minor>{ms === null ? "not started" : `took ${formatTook(ms)}`}</Minor>;
  }
  if (task.status === "pending") return <Minor>waits for its turn</Minor>;
  return (
    <>
      <span className={classes["rate"]}>{rate(task.progress.bytesPerSecond)}</span>
      <Minor>{timeLeft(task)}</Minor>
    </>
  );
}
