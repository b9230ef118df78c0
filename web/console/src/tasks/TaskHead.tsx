import type { TaskDetail } from "@freshet/client";
import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDay, formatDuration, formatFull, parseTime } from "../ui/format";
import { useNow } from "../ui/useNow";
import { StatusBadge } from "./StatusBadge";
import { TaskActions } from "./TaskActions";
import classes from "./Tasks.module.css";
import { formatTook, isOver, titleOf, took } from "./task";

/** What it is called, how it is, whose, and since when; and what may be done about it. */
export function TaskHead(props: { task: TaskDetail; deleted: boolean }) {
  const { task } = props;
  const madeAt = parseTime(task.createdAt);
  return (
    <div className={classes["head"]}>
      <div className={classes["crumb"]}>
        <Link to="/console/tasks">Tasks</Link>
      </div>
      <Title order={1} className={classes["title"] ?? ""}>
        {titleOf(task)}
      </Title>
      <StatusBadge status={task.status} />
      <span className={classes["facts"]}>
        {task.kind} · by {task.owner}
        {madeAt !== null && (
          <>
            {" "}
            on{" "}
            <time dateTime={madeAt.toISOString()} title={formatFull(madeAt)}>
              {formatDay(madeAt)}
            </time>
          </>
        )}
        {!props.deleted && <Duration task={task} />}
      </span>
      {!props.deleted && <TaskActions task={task} />}
    </div>
  );
}

function Duration({ task }: { task: TaskDetail }) {
  const ms = took(task, useNow());
  if (ms === null) return isOver(task) ? null : <>, waits for its turn</>;
  return isOver(task) ? <>, took {formatTook(ms)}</> : <>, for {formatDuration(ms)}</>;
}
