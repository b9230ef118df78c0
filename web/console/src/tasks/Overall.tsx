import type { TaskDetail } from "@freshet/client";
import { formatSpan, parseTime } from "../ui/format";
import { ProgressBar } from "./ProgressBar";
import classes from "./Tasks.module.css";
import { amount, files, formatTook, isOver, rate, shareOf, took } from "./task";

/** How far the whole of a task is. */
export function Overall({ task }: { task: TaskDetail }) {
  const { progress, status } = task;
  const done = shareOf(task);
  return (
    <div className={classes["overall"]}>
      <dl className={classes["tiles"]} aria-label="Progress">
        <Tile name="Fetched">{amount(progress)}</Tile>
        <Tile name="Done">{files(progress)}</Tile>
        {isOver(task) ? (
          <>
            <Tile name="Rate, on average">{averageOf(task)}</Tile>
            <Tile name="Took">{formatTook(msOf(task))}</Tile>
          </>
        ) : (
          <>
            <Tile name="Rate">{rate(progress.bytesPerSecond)}</Tile>
            <Tile name="Time left">
              {progress.etaSeconds === null ? "–" : formatSpan(progress.etaSeconds * 1_000)}
            </Tile>
          </>
        )}
      </dl>
      <ProgressBar label="Progress" share={done} status={status} />
    </div>
  );
}

function Tile(props: { name: string; children: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** What a retry found there already counts as fetched, too, so there is no rate of it. */
function averageOf(task: TaskDetail): string {
  const ms = msOf(task);
  if (ms === null || ms === 0 || task.retryOf !== null) return "–";
  return rate((task.progress.bytesDone * 1_000) / ms);
}

function msOf(task: TaskDetail): number | null {
  const end = parseTime(task.finishedAt);
  return end === null ? null : took(task, end.getTime());
}
