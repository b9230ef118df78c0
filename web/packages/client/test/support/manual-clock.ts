import type { Clock } from "../../src";

/** A clock that stands until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on, and calls back what is due on the way, in order. */
  advance(ms: number): void;
  /** Timers that wait. */
  readonly pending: number;
}

export function manualClock(): ManualClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = 1_000_000;
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
    get pending() {
      return timers.size;
    },
  };
}
