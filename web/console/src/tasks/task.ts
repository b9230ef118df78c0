import type { TaskDetail, TaskStatus, TopicState } from "@freshet/client";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatSpan,
  parseTime,
  plural,
} from "../ui/format";
import { record } from "../ui/read";

/** The topics of tasks; each is its TaskDetail (PROTOCOL.md §8.5). */
export const taskTopic = "tasks/*";

export const statuses = [
  "running",
  "verifying",
  "pending",
  "completed",
  "failed",
  "cancelled",
] as const satisfies readonly TaskStatus[];

export const statusLabels: Record<TaskStatus, string> = {
  pending: "Pending",
  running: "Running",
  verifying: "Verifying",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** The tasks among the states, newest first: ids sort so. What else somebody put there is left out. */
export function tasksOf(states: ReadonlyMap<string, TopicState>): readonly TaskDetail[] {
  return [...states.values()]
    .map(({ value }) => value)
    .filter(isTask)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function isTask(value: unknown): value is TaskDetail {
  const { id, status, progress, subtasks } = record(value);
  return (
    typeof id === "string" &&
    statuses.some((each) => each === status) &&
    typeof progress === "object" &&
    Array.isArray(subtasks)
  );
}

export function isOver({ status }: Pick<TaskDetail, "status">): boolean {
  return status === "completed" || status === "failed" || status === "cancelled";
}

/** Its name, or what it is about. */
export function titleOf({ name, kind, subtasks }: TaskDetail): string {
  const [first] = subtasks;
  if (name !== null && name !== "") return name;
  if (first === undefined) return kind;
  return subtasks.length === 1
    ? first.name
    : `${first.name} and ${formatCount(subtasks.length - 1)} more`;
}

/** How much is done, and of how much. */
export interface Amount {
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
}

/** From 0 to 1; null where the total is not known. */
export function share({ bytesDone, bytesTotal }: Amount): number | null {
  if (bytesTotal === null) return null;
  return bytesTotal === 0 ? 1 : Math.min(1, bytesDone / bytesTotal);
}

/** The same of a whole task; of one that has ended without its total, by its files. */
export function shareOf({ status, progress }: TaskDetail): number | null {
  const known = share(progress);
  if (known !== null || !isOver({ status })) return known;
  return progress.filesTotal === 0 ? null : progress.filesDone / progress.filesTotal;
}

/** `1.5 MiB of 3 MiB`. */
export function amount({ bytesDone, bytesTotal }: Amount): string {
  if (bytesTotal === null) return formatBytes(bytesDone);
  if (bytesDone === bytesTotal) return formatBytes(bytesTotal);
  return `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`;
}

export function files({ filesDone, filesTotal }: TaskDetail["progress"]): string {
  return `${formatCount(filesDone)} of ${plural(filesTotal, "file")}`;
}

export const rate = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

/** How long it will take; empty where that is not known. */
export function timeLeft(task: TaskDetail): string {
  const { etaSeconds } = task.progress;
  if (isOver(task) || etaSeconds === null) return "";
  return `${formatSpan(etaSeconds * 1_000)} left`;
}

/** `2 min 5 s`, for what is over. */
export function formatTook(ms: number | null): string {
  if (ms === null) return "–";
  return ms < 1_000 ? "less than 1 s" : formatDuration(ms);
}

/** Ms from its start to its end, or until now; null where it has not started. */
export function took({ startedAt, finishedAt }: TaskDetail, now: number): number | null {
  const start = parseTime(startedAt);
  if (start === null) return null;
  return Math.max(0, (parseTime(finishedAt)?.getTime() ?? now) - start.getTime());
}
