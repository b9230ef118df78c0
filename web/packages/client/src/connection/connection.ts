import type { Backoff } from "./backoff";
import { withBase } from "./backoff";
import type { Line } from "./line";
import { type Policy, PROVEN } from "./moves";
import { attemptPage } from "./page-attempt";
import { type ConnectionState, isMilestone, type Signal } from "./state";
import { attemptStream } from "./stream-attempt";
import { next } from "./transitions";

/** What a connection does with its time. */
export interface Connection {
  readonly state: ConnectionState;
  /** Does not wait any longer, where the server did not forbid it. */
  wake(): void;
  close(): void;
}

/** Milliseconds for which a trial of the stream may hold up the pages. */
const PROBE_MS = 5000;

/** How patient a connection is. */
export interface Patience extends Pick<Policy, "hasToken" | "polling"> {
  readonly backoff: Backoff;
  /** Whether to begin with a page rather than with the stream. */
  readonly pageFirst?: boolean;
}

/**
 * Goes from state to state by the table, and does what each state is about: asks for a stream, waits,
 * asks for a page. What one attempt says after another has begun is not heard.
 */
export function connect(
  line: Omit<Line, "retry">,
  patience: Patience,
  onState: (state: ConnectionState) => void,
): Connection {
  let backoff = patience.backoff;
  let state: ConnectionState = patience.pageFirst
    ? { ...PROVEN, name: "polling", at: 0, probeAt: Number.POSITIVE_INFINITY, proven: false }
    : { ...PROVEN, name: "connecting" };
  let stop = begin(state);
  const wired: Line = {
    ...line,
    retry: (ms) => {
      backoff = withBase(backoff, ms);
    },
  };

  function signal(sign: Signal): void {
    const now = line.clock.now();
    const before = state;
    state = next(before, sign, { ...patience, backoff, now });
    if (state === before) return;
    if (!isMilestone(sign)) {
      stop();
      stop = begin(state);
    }
    onState(state);
  }

  /** Answers how to stop what it began. */
  function begin(at: ConnectionState): () => void {
    switch (at.name) {
      case "connecting":
      case "probing": {
        const openingMs = at.name === "probing" ? PROBE_MS : Number.POSITIVE_INFINITY;
        const terms = { fresh: at.trust === "renewing", openingMs };
        return attempt((abort, emit) => attemptStream(wired, terms, abort, emit));
      }
      case "polling":
        return pause(at.at, () => {
          const fresh = at.trust === "renewing";
          stop = attempt((abort, emit) => attemptPage(wired, fresh, abort, emit));
        });
      case "waiting":
        return pause(at.until, () => signal({ name: "due" }));
      case "open":
      case "ended":
      case "failed":
        return () => undefined;
    }
  }

  function attempt(
    run: (abort: AbortController, emit: (sign: Signal) => void) => Promise<Signal>,
  ): () => void {
    const abort = new AbortController();
    let current = true;
    const emit = (sign: Signal) => {
      if (current) signal(sign);
    };
    // Not before the caller has taken what this function answers.
    void Promise.resolve()
      .then(() => run(abort, emit))
      .then(emit);
    return () => {
      current = false;
      abort.abort();
    };
  }

  function pause(until: number, then: () => void): () => void {
    const ms = until - line.clock.now();
    if (ms > 0) return line.clock.after(ms, then);
    let current = true;
    queueMicrotask(() => {
      if (current) then();
    });
    return () => {
      current = false;
    };
  }

  return {
    get state() {
      return state;
    },
    wake: () => signal({ name: "woken" }),
    close: () => signal({ name: "closed" }),
  };
}
