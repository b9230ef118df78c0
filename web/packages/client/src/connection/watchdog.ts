import type { Clock } from "../clock";

/** Watches one connection for silence. */
export interface Watchdog {
  /** A byte came, and was understood: the patience may be another from now on. */
  fed(): void;
  stop(): void;
}

/**
 * Calls back once when nothing came for `patience()` milliseconds. One timer for many bytes: when it
 * fires it looks at the time of the last one.
 */
export function watchdog(clock: Clock, patience: () => number, onSilence: () => void): Watchdog {
  let fedAt = clock.now();
  let due = 0;
  let cancel = () => {};
  arm();

  function arm(): void {
    cancel();
    due = fedAt + patience();
    cancel = clock.after(Math.max(1, due - clock.now()), check);
  }

  function check(): void {
    if (clock.now() - fedAt >= patience()) onSilence();
    else arm();
  }

  return {
    fed() {
      fedAt = clock.now();
      if (fedAt + patience() < due) arm();
    },
    stop: () => cancel(),
  };
}
