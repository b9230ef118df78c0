import type { TaskDetail } from "@freshet/client";
import { Link } from "@tanstack/react-router";
import { formatDay, formatDuration, formatFull, parseTime } from "../ui/format";
import { PageHead } from "../ui/PageHead";
import { useNow } from "../ui/useNow";
import { StatusBadge } from "./StatusBadge";
import { TaskActions } from "./TaskActions";
import { formatTook, isOver, titleOf, took } from "./task";

/** What it is called, how it is, whose, and since when; and what may be done about it. */
export function TaskHead(props: { task: TaskDetail; deleted: boolean }) {
  const { task } = props;
  const madeAt = parseTime(task.createdAt);
  return (
    <PageHead
      crumb={<Link to="/console/tasks">Tasks</Link>}
      title={titleOf(task)}
      badge={<StatusBadge status={task.status} />}
      facts={
        <>
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
        </>
      }
      actions={props.deleted ? undefined : <TaskActions task={task} />}
    />
  );
}

function Duration({ task }: { task: TaskDetail }) {
  const ms = took(task, useNow());
  if (ms === null) return isOver(task) ? null : <>, waits for its turn</>;
  return isOver(task) ? <>, took {formatTook(ms)}</> : <>, for {formatDuration(ms)}</>;
}
