import { type Clock, systemClock } from "./clock";
import type { Backoff } from "./connection/backoff";
import type { PollingPolicy } from "./connection/moves";
import { reportListenerError } from "./listeners";
import type { PollingOptions, StreamTuning } from "./stream";

/** A tuning with every default in its place. */
export interface Settings {
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  readonly backoff: Backoff;
  readonly heartbeatMs: number;
  readonly maxFrame: number;
  readonly polling: (PollingPolicy & { readonly waitSeconds: number }) | undefined;
}

export function settingsOf(tuning: StreamTuning): Settings {
  const { retryMs = 2000, retryCapMs = 30_000, polling = {} } = tuning;
  return {
    clock: tuning.clock ?? systemClock,
    onError: tuning.onError ?? reportListenerError,
    backoff: { baseMs: retryMs, capMs: retryCapMs, random: Math.random },
    heartbeatMs: tuning.heartbeatMs ?? 15_000,
    maxFrame: tuning.maxFrameBytes ?? 8 * 1024 * 1024,
    polling: polling === false ? undefined : pollingOf(polling),
  };
}

function pollingOf(options: PollingOptions): Settings["polling"] {
  const { afterFailures = 3, waitSeconds = 25, streamAgainMs = 60_000 } = options;
  return { afterFailures, waitSeconds, streamAgainMs, idleMs: 1000 };
}
