import type { TaskDetail } from "@freshet/client";

/** How fast a task was at a time. */
export interface Sample {
  /** Ms since the epoch. */
  readonly time: number;
  /** Bytes a second; null: not known from here to the next. */
  readonly rate: number | null;
}

/** As many as a page keeps: an hour's at one a second. */
export const most = 3_600;

/** With what a document tells; null: nothing is known for now. Only of what runs is there a rate. */
export function noted(
  samples: readonly Sample[],
  task: Pick<TaskDetail, "status" | "progress"> | null,
  now: number,
): readonly Sample[] {
  if (task === null) {
    const last = samples.at(-1);
    return last === undefined || last.rate === null
      ? samples
      : [...samples, { time: now, rate: null }];
  }
  const runs = task.status === "running" || task.status === "verifying";
  // The last one of a task that ended while it was watched.
  if (!runs && samples.length === 0) return samples;
  return [...samples, { time: now, rate: task.progress.bytesPerSecond }].slice(-most);
}

/** With the last rate again at a later time: it holds until another is told. */
export function prolonged(samples: readonly Sample[], until: number): readonly Sample[] {
  const last = samples.at(-1);
  if (last === undefined || last.rate === null || until <= last.time) return samples;
  return [...samples, { time: until, rate: last.rate }];
}
