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

export const toOpen = ({ failures, trust }: Connecting | Probing): Open => ({
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
export function renew<S extends Connecting | Polling | Probing>(
  state: S,
  { problem }: SignalNamed<"refused" | "expired">,
  { hasToken }: Policy,
): S | Failed {
  if (!hasToken || state.trust !== "kept") return { name: "failed", problem };
  return { ...state, trust: "renewing" };
}

/** Backs off, and after enough failures in a row tries pages. */
export function backOff(
  state: Connecting | Open | Polling,
  { problem }: { readonly problem: Problem },
  { now, backoff, polling }: Policy,
): Waiting {
  const failures = state.failures + 1;
  const notBefore = now + (problem.retryAfterMs ?? 0);
  const barred = failures >= (polling?.afterFailures ?? 0) || isMute(state, problem);
  const poll = polling && barred && state.name !== "polling";
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

/** The server took the request and nothing came of it: so it looks when a proxy holds streams back. */
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
  return { name: "connecting", failures: state.failures, trust: "renewing" };
}

/** The server spread the delays itself: no jitter, and no sooner (`R3`). */
export function waitDrained(
  state: Connecting | Open | Polling,
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

export function goOn(
  { next, failures, trust }: Waiting,
  _: Signal,
  policy: Policy,
): Connecting | Polling {
  if (next === "connecting") return { name: "connecting", failures, trust };
  return poll({ failures, trust }, policy);
}

function poll({ failures, trust }: Omit<Connecting, "name">, { now, polling }: Policy): Polling {
  const probeAt = now + (polling?.streamAgainMs ?? 0);
  return { name: "polling", failures, trust, at: now, probeAt, proven: false };
}

export const provePages = (state: Polling): Polling =>
  state.proven ? state : { ...state, proven: true };

export function wake(state: Waiting, signal: Signal, policy: Policy): ConnectionState {
  if (state.notBefore <= policy.now) return goOn(state, signal, policy);
  return { ...state, until: state.notBefore };
}

/** A page proves the server and the token; then the next page, or a stream again. */
export function turnPage(
  { probeAt }: Polling,
  { idle }: SignalNamed<"paged">,
  { now, polling }: Policy,
): Polling | Probing {
  if (now >= probeAt) return { name: "probing", failures: 0, trust: "kept" };
  const at = now + (idle ? (polling?.idleMs ?? 0) : 0);
  return { name: "polling", failures: 0, trust: "kept", at, probeAt, proven: true };
}

/** The way for streams is still barred, and pages are known to work. */
export function pollOn(
  state: Probing,
  { problem }: { readonly problem: Problem },
  policy: Policy,
): Polling {
  const next = poll({ failures: state.failures, trust: spent(state.trust) }, policy);
  return { ...next, at: policy.now + (problem.retryAfterMs ?? 0), proven: true };
}

/** Snapshots and missed events are in. */
export const catchUp = (state: Open): Open => (state.live ? state : { ...state, live: true });

/** The connection lived for a heartbeat: earlier failures and a new token are no longer held against it. */
export const prove = (state: Open): Open =>
  state.failures === 0 && state.trust === "kept" ? state : { ...state, failures: 0, trust: "kept" };
