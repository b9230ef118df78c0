// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import type { TaskDetail } from "@freshet/client";
import { Link } from "@tanstack/react-router";
import { Ago } from "../ui/Ago";
import { parseTime } from "../ui/format";
import { useNow } from "../ui/useNow";
import { ProgressBar } from "./ProgressBar";
import { StatusBadge } from "./StatusBadge";
import classes from "./Table.module.css";
import { amount, files, formatTook, isOver, rate, shareOf, timeLeft, titleOf, took } from "./task";

/** Tasks, and how far they are. */
export function TaskTable({ tasks }: { tasks: readonly TaskDetail[] }) {
  return (
    <div className={classes["frame"]}>
      <table className={classes["table"]} role="table" aria-label="Tasks">
        <thead>
          <tr>
            <th scope="col">Task</th>
            <th scope="col" className={classes["statusColumn"]}>
              Status
            </th>
            <th scope="col" className={classes["progressColumn"]}>
              Progress
            </th>
            <th scope="col" className={classes["rateColumn"]}>
              Rate
            </th>
            <th scope="col" className={classes["madeColumn"]}>
              Made
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {tasks.map((task) => (
            <Row key={task.id} task={task} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ task }: { task: TaskDetail }) {
  const { progress, status } = task;
  const madeAt = parseTime(task.createdAt);
  return (
    <tr role="row" data-task={task.id} data-state={status}>
      <td role="cell">
        <Link to="/console/tasks/$taskId" params={{ taskId: task.id }} className={classes["name"]}>
          {titleOf(task)}
        </Link>
        <div className={classes["minor"]}>
          {task.kind} · {task.owner}
        </div>
        {task.error !== null && <div className={classes["error"]}>{task.error.message}</div>}
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
    return (
      <span className={classes["minor"]}>
        {ms === null ? "not started" : `took ${formatTook(ms)}`}
      </span>
    );
  }
  if (task.status === "pending")
    return <span className={classes["minor"]}>waits for its turn</span>;
  return (
    <>
      <span className={classes["rate"]}>{rate(task.progress.bytesPerSecond)}</span>
      <div className={classes["minor"]}>{timeLeft(task)}</div>
    </>
  );
}
