import type { Execution } from "../events";
import type { AgentStreamEvent } from "../execution";
import { reduceAll } from "../reducer";

/** A run as it was at any time. */
export interface Replay {
  /** Milliseconds from the first event to the last. */
  readonly duration: number;
  /** Milliseconds from the first event to each of them; never less than those before it. */
  readonly times: readonly number[];
  /** The run after `time` milliseconds. The same time answers the same. */
  readonly at: (time: number) => Execution | undefined;
}

/** From one to the next of the states that are remembered, so that a leap costs no more than this. */
const STRIDE = 500;

/** What the recorded events of a run made of it, over time. */
export function replayOf(events: readonly AgentStreamEvent[]): Replay {
  const times = timesOf(events);
  const remembered: (Execution | undefined)[] = [undefined];
  let last: { readonly count: number; readonly execution: Execution | undefined } = {
    count: 0,
    execution: undefined,
  };

  function nearest(count: number): typeof last {
    const at = Math.min(Math.floor(count / STRIDE), remembered.length - 1);
    const mark = { count: at * STRIDE, execution: remembered[at] };
    return last.count <= count && last.count > mark.count ? last : mark;
  }

  function after(count: number): Execution | undefined {
    let { count: done, execution } = nearest(count);
    while (done < count) {
      const next = Math.min(count, (Math.floor(done / STRIDE) + 1) * STRIDE);
      execution = reduceAll(execution, events.slice(done, next));
      done = next;
      if (done === remembered.length * STRIDE) remembered.push(execution);
    }
    last = { count, execution };
    return execution;
  }

  return {
    duration: times.at(-1) ?? 0,
    times,
    at: (time) => after(countUntil(times, time)),
  };
}

/** A run after `time` milliseconds; for many times, {@link replayOf} is cheaper. */
export function replayAt(events: readonly AgentStreamEvent[], time: number): Execution | undefined {
  return reduceAll(undefined, events.slice(0, countUntil(timesOf(events), time)));
}

function timesOf(events: readonly AgentStreamEvent[]): readonly number[] {
  const first = events.find((event) => event.type !== "execution:snapshot");
  const start = first ? stampOf(first) : 0;
  let latest = 0;
  return events.map((event) => {
    latest = Math.max(latest, stampOf(event) - start || 0);
    return latest;
  });
}

/** A snapshot is as old as what follows it. */
function stampOf(event: AgentStreamEvent): number {
  return event.type === "execution:snapshot" ? Number.NaN : Date.parse(event.data.timestamp);
}

/** How many are at or before a time. */
function countUntil(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
