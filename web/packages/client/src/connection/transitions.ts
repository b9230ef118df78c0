import type { Problem } from "../problem";
import { type Backoff, delay } from "./backoff";
import type {
  Connecting,
  ConnectionState,
  Ended,
  Failed,
  Open,
  Polling,
  Probing,
  Signal,
  SignalNamed,
  StateNamed,
  TokenTrust,
  Waiting,
} from "./state";

/** What transitions depend on besides state and signal. */
export interface Policy {
  readonly now: number;
  readonly backoff: Backoff;
  readonly hasToken: boolean;
  /** `undefined`: never poll. */
  readonly polling: PollingPolicy | undefined;
}

/** When to poll, and how often. */
export interface PollingPolicy {
  readonly afterFailures: number;
  readonly streamAgainMs: number;
  /** Milliseconds between pages that come at once and empty. */
  readonly idleMs: number;
}

type StateName = ConnectionState["name"];
type SignalName = Signal["name"];
type Transition<S extends StateName, E extends SignalName> = (
  state: StateNamed<S>,
  signal: SignalNamed<E>,
  policy: Policy,
) => ConnectionState;

/** One transition for each signal in each state: the compiler sees to it that none is missing. */
export type TransitionTable = {
  readonly [S in StateName]: { readonly [E in SignalName]: Transition<S, E> };
};

/** Signals that come late, from a connection that is no more, or that change nothing. */
const stay = <S extends ConnectionState>(state: S): S => state;

const fail = (_: ConnectionState, { problem }: { readonly problem: Problem }): Failed => ({
  name: "failed",
  problem,
});

const finish = (_: ConnectionState, { reason }: SignalNamed<"finished">): Ended => ({
  name: "ended",
  reason,
});

const close = (): Ended => ({ name: "ended", reason: "client" });

const toOpen = ({ failures, trust }: Connecting | Probing): Open => ({
  name: "open",
  failures,
  trust: spent(trust),
  live: false,
});

/** The request with a fresh token is made; if it fails for another reason, the token stays renewed. */
function spent(trust: TokenTrust): TokenTrust {
  return trust === "renewing" ? "renewed" : trust;
}

/** One fresh token for each refusal, and only where there is a source for it. */
function renew<S extends Connecting | Polling | Probing>(
  state: S,
  { problem }: SignalNamed<"refused">,
  { hasToken }: Policy,
): S | Failed {
  if (!hasToken || state.trust !== "kept") return { name: "failed", problem };
  return { ...state, trust: "renewing" };
}

/** Backs off, and after enough failures in a row tries pages. */
function backOff(
  state: Connecting | Open | Polling,
  { problem }: { readonly problem: Problem },
  { now, backoff, polling }: Policy,
): Waiting {
  const failures = state.failures + 1;
  const notBefore = now + (problem.retryAfterMs ?? 0);
  const poll = state.name !== "polling" && polling && failures >= polling.afterFailures;
  return {
    name: "waiting",
    failures,
    trust: spent(state.trust),
    reason: problem,
    until: Math.max(now + delay(backoff, failures), notBefore),
    notBefore,
    next: poll ? "polling" : "connecting",
  };
}

/** A fresh token resumes at once; one that expired before it proved itself is a failure. */
function reconnectFresh(state: Open, signal: SignalNamed<"expired">, policy: Policy) {
  if (state.trust !== "kept") return backOff(state, signal, policy);
  return { name: "connecting", failures: state.failures, trust: "renewing" } as const;
}

/** The server spread the delays itself: no jitter, and no sooner (`R3`). */
function waitDrained(
  state: Connecting | Open,
  { problem }: SignalNamed<"drained">,
  { now, backoff }: Policy,
): Waiting {
  const until = now + backoff.baseMs;
  const { failures } = state;
  const trust = spent(state.trust);
  return {
    name: "waiting",
    failures,
    trust,
    reason: problem,
    until,
    notBefore: until,
    next: "connecting",
  };
}

function goOn({ next, failures, trust }: Waiting, _: Signal, policy: Policy): Connecting | Polling {
  if (next === "connecting") return { name: "connecting", failures, trust };
  return poll({ failures, trust }, policy);
}

function poll({ failures, trust }: Omit<Connecting, "name">, { now, polling }: Policy): Polling {
  const probeAt = now + (polling?.streamAgainMs ?? 0);
  return { name: "polling", failures, trust, at: now, probeAt };
}

function wake(state: Waiting, signal: Signal, policy: Policy): ConnectionState {
  if (state.notBefore <= policy.now) return goOn(state, signal, policy);
  return { ...state, until: state.notBefore };
}

/** A page proves the server and the token; then the next page, or a stream again. */
function turnPage(
  { probeAt }: Polling,
  { idle }: SignalNamed<"paged">,
  { now, polling }: Policy,
): Polling | Probing {
  if (now >= probeAt) return { name: "probing", failures: 0, trust: "kept" };
  const at = now + (idle ? (polling?.idleMs ?? 0) : 0);
  return { name: "polling", failures: 0, trust: "kept", at, probeAt };
}

/** The way for streams is still barred, and pages are known to work. */
function pollOn(
  state: Probing,
  { problem }: { readonly problem: Problem },
  policy: Policy,
): Polling {
  const next = poll({ failures: state.failures, trust: spent(state.trust) }, policy);
  return { ...next, at: policy.now + (problem.retryAfterMs ?? 0) };
}

const prove = (state: Open): Open =>
  state.failures === 0 && state.trust === "kept" ? state : { ...state, failures: 0, trust: "kept" };

const over = {
  opened: stay,
  caughtUp: stay,
  beat: stay,
  paged: stay,
  cut: stay,
  refused: stay,
  expired: stay,
  drained: stay,
  rejected: stay,
  finished: stay,
  due: stay,
  woken: stay,
  closed: stay,
} as const;

const going = { rejected: fail, finished: finish, closed: close } as const;

/** The connection as a table. Its test goes through every cell. */
export const transitions: TransitionTable = {
  connecting: {
    ...over,
    ...going,
    opened: toOpen,
    cut: backOff,
    refused: renew,
    expired: backOff,
    drained: waitDrained,
  },
  open: {
    ...over,
    ...going,
    caughtUp: (state) => (state.live ? state : { ...state, live: true }),
    beat: prove,
    cut: backOff,
    expired: reconnectFresh,
    drained: waitDrained,
  },
  waiting: { ...over, due: goOn, woken: wake, closed: close },
  polling: { ...over, ...going, paged: turnPage, cut: backOff, refused: renew },
  probing: {
    ...over,
    ...going,
    opened: toOpen,
    cut: pollOn,
    refused: renew,
    expired: pollOn,
    drained: pollOn,
  },
  ended: over,
  failed: over,
};

/** The successor; the same object where the signal changes nothing. */
export function next(state: ConnectionState, signal: Signal, policy: Policy): ConnectionState {
  const transition = transitions[state.name][signal.name] as Transition<StateName, SignalName>;
  return transition(state as never, signal as never, policy);
}
