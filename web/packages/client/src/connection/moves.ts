import type { Problem } from "../problem";
import { type Backoff, delay } from "./backoff";
import { isDue } from "./should-stream";
import type {
  Connecting,
  ConnectionState,
  Ended,
  Failed,
  Going,
  Open,
  Polling,
  Probing,
  Signal,
  SignalNamed,
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
  /** 0: there is no stream. */
  readonly afterFailures: number;
  readonly streamAgainMs: number;
  /** Milliseconds between pages that come at once and empty. */
  readonly idleMs: number;
  /** Whether pages have an address of their own: then any failure of the stream counts. */
  readonly apart?: boolean;
}

/** Nothing is held against the server or the token. */
export const PROVEN: Going = { failures: 0, barred: 0, trust: "kept" };

/** For signals that come late, from an attempt that is over, and for those that change nothing. */
export const stay = <S extends ConnectionState>(state: S): S => state;

export const fail = (_: ConnectionState, { problem }: { readonly problem: Problem }): Failed => ({
  name: "failed",
  problem,
});

export const finish = (_: ConnectionState, { reason }: SignalNamed<"finished">): Ended => ({
  name: "ended",
  reason,
});

export const close = (): Ended => ({ name: "ended", reason: "client" });

export const toOpen = ({ failures, barred, trust }: Connecting | Probing): Open => ({
  name: "open",
  failures,
  barred,
  trust: spent(trust),
  live: false,
});

/** The request with a fresh token is made; if it fails for another reason, the token stays renewed. */
function spent(trust: TokenTrust): TokenTrust {
  return trust === "renewing" ? "renewed" : trust;
}

/** One fresh token for each refusal, and only where there is a source for it. */
export function renew<S extends Connecting | Polling | Probing>(
  state: S,
  { problem }: SignalNamed<"refused" | "expired">,
  { hasToken }: Policy,
): S | Failed {
  if (!hasToken || state.trust !== "kept") return { name: "failed", problem };
  return { ...state, trust: "renewing" };
}

/** Backs off; where streams look barred, it goes on with pages. */
export function backOff(
  state: Connecting | Open | Polling,
  { problem }: { readonly problem: Problem },
  { now, backoff, polling }: Policy,
): Waiting {
  const failures = state.failures + 1;
  const counts = state.name !== "polling" && (polling?.apart || isBarred(state, problem));
  const barred = state.barred + (counts ? 1 : 0);
  const notBefore = now + (problem.retryAfterMs ?? 0);
  const poll =
    polling?.afterFailures === 0 ||
    (polling &&
      counts &&
      (!isDue({ failures: barred }, polling.afterFailures, now) || isMute(state, problem)));
  return {
    name: "waiting",
    failures,
    barred,
    trust: spent(state.trust),
    reason: problem,
    until: Math.max(now + delay(backoff, failures), notBefore),
    notBefore,
    next: poll ? "polling" : "connecting",
  };
}

/**
 * Whether the server took the request and nothing came of it: so it looks when a proxy holds streams
 * back. A server that cannot be reached, or says that it cannot serve, has no pages either.
 */
function isBarred({ name }: ConnectionState, { code }: Problem): boolean {
  return name !== "polling" && (code === "silence" || (code === "cut" && name === "connecting"));
}

/** Not even the stream's first byte came: there is no need to see that again. */
function isMute({ name }: ConnectionState, { code }: Problem): boolean {
  return name === "connecting" && code === "silence";
}

/** A fresh token resumes at once; one that expired before it proved itself is a failure. */
export function reconnectFresh(
  state: Connecting | Open,
  signal: SignalNamed<"expired">,
  policy: Policy,
): Connecting | Waiting {
  if (state.trust !== "kept") return backOff(state, signal, policy);
  return { ...going(state), name: "connecting", trust: "renewing" };
}

/** The server spread the delays itself: no jitter, and no sooner (`R3`). */
export function waitDrained(
  state: Connecting | Open | Polling,
  { problem }: SignalNamed<"drained">,
  { now, backoff }: Policy,
): Waiting {
  const until = now + backoff.baseMs;
  return {
    ...going(state),
    name: "waiting",
    trust: spent(state.trust),
    reason: problem,
    until,
    notBefore: until,
    next: "connecting",
  };
}

export function goOn(state: Waiting, _: Signal, policy: Policy): Connecting | Polling {
  if (state.next === "connecting") return { ...going(state), name: "connecting" };
  return poll(going(state), policy);
}

function poll(state: Going, { now, polling }: Policy): Polling {
  const probeAt = now + (polling?.streamAgainMs ?? 0);
  return { ...state, name: "polling", at: now, probeAt, proven: false };
}

/** What every state that goes on hands on. */
function going({ failures, barred, trust }: Going): Going {
  return { failures, barred, trust };
}

export const provePages = (state: Polling): Polling =>
  state.proven ? state : { ...state, proven: true };

export function wake(state: Waiting, signal: Signal, policy: Policy): ConnectionState {
  if (state.notBefore <= policy.now) return goOn(state, signal, policy);
  return { ...state, until: state.notBefore };
}

/** A page proves the server and the token; then the next page, or a stream again. */
export function turnPage(
  { failures, probeAt }: Polling,
  { idle, onward }: SignalNamed<"paged">,
  { now, polling }: Policy,
): Polling | Probing | Connecting {
  if (onward) return { ...PROVEN, name: "connecting" };
  if (isDue({ failures, againAt: probeAt }, 0, now)) return { ...PROVEN, name: "probing" };
  const at = now + (idle ? (polling?.idleMs ?? 0) : 0);
  return { ...PROVEN, name: "polling", at, probeAt, proven: true };
}

/** The way for streams is still barred, and pages are known to work. */
export function pollOn(
  state: Probing,
  { problem }: { readonly problem: Problem },
  policy: Policy,
): Polling {
  const next = poll(going(state), policy);
  return {
    ...next,
    trust: spent(state.trust),
    at: policy.now + (problem.retryAfterMs ?? 0),
    proven: true,
  };
}

/** Snapshots and missed events are in. */
export const catchUp = (state: Open): Open => (state.live ? state : { ...state, live: true });

/** The connection lived for a heartbeat: earlier failures and a new token are no longer held against it. */
export const prove = (state: Open): Open =>
  state.failures === 0 && state.trust === "kept" ? state : { ...state, ...PROVEN };
