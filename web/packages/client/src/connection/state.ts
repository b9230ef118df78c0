import type { Problem } from "../problem";

/**
 * What is known of the token: `kept` as far as anyone knows valid; `renewing`: the next request asks
 * for a fresh one; `renewed`: asked for since the last heartbeat, so that another refusal is final.
 */
export type TokenTrust = "kept" | "renewing" | "renewed";

/** What every state of a connection that goes on knows. */
export interface Going {
  /** Failures in a row, without a heartbeat between them. */
  readonly failures: number;
  /** Of these, streams that the server took and of which nothing came. */
  readonly barred: number;
  readonly trust: TokenTrust;
}

/** Asks for a stream; `stream.open` has not come. */
export interface Connecting extends Going {
  readonly name: "connecting";
}

/** The stream is open. */
export interface Open extends Going {
  readonly name: "open";
  readonly live: boolean;
}

/** Waits, then goes on with `next`. */
export interface Waiting extends Going {
  readonly name: "waiting";
  readonly reason: Problem;
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** Not even a wake-up may end the wait sooner: the server asked for it. */
  readonly notBefore: number;
  readonly next: "connecting" | "polling";
}

/** Asks for a page, at `at`. Each page is a state of its own. */
export interface Polling extends Going {
  readonly name: "polling";
  /** Whether a page has come. Before that, nobody knows that pages get through. */
  readonly proven: boolean;
  readonly at: number;
  /** When to try a stream again. */
  readonly probeAt: number;
}

/** Tries a stream in the midst of polling. */
export interface Probing extends Going {
  readonly name: "probing";
}

/** Over, in order. */
export interface Ended {
  readonly name: "ended";
  readonly reason: "completed" | "closed" | "limit" | "client";
}

/** Over, and not as it should be. */
export interface Failed {
  readonly name: "failed";
  readonly problem: Problem;
}

/** A connection's state: immutable, a successor for each signal. */
export type ConnectionState = Connecting | Open | Waiting | Polling | Probing | Ended | Failed;

/** What happens to a connection. */
export type Signal =
  /** `stream.open` came, or a page. */
  | { readonly name: "opened" }
  /** `stream.live` came. */
  | { readonly name: "caughtUp" }
  /** A heartbeat came: the connection has proved itself. */
  | { readonly name: "beat" }
  /**
   * A page came. `idle`: it was empty and came too soon to ask for the next at once. `onward`: the
   * stream goes on from there.
   */
  | { readonly name: "paged"; readonly idle: boolean; readonly onward?: boolean }
  /** Broken in a way that may heal. */
  | { readonly name: "cut"; readonly problem: Problem }
  /** 401. */
  | { readonly name: "refused"; readonly problem: Problem }
  /** `stream.end` `expired`. */
  | { readonly name: "expired"; readonly problem: Problem }
  /** `stream.end` `drain`: come back after the delay that `retry:` gave. */
  | { readonly name: "drained"; readonly problem: Problem }
  /** Broken in a way that does not heal. */
  | { readonly name: "rejected"; readonly problem: Problem }
  /** 204, or `stream.end` with a reason that is final. */
  | { readonly name: "finished"; readonly reason: "completed" | "closed" | "limit" }
  /** The wait is over. */
  | { readonly name: "due" }
  /** The network is back, or somebody looks again. */
  | { readonly name: "woken" }
  /** This side closed. */
  | { readonly name: "closed" };

/** What happens in the course of an attempt, without ending it. */
export function isMilestone({ name }: Signal): boolean {
  return name === "opened" || name === "caughtUp" || name === "beat";
}

/** The state of a name. */
export type StateNamed<Name extends ConnectionState["name"]> = Extract<
  ConnectionState,
  { readonly name: Name }
>;

/** The signal of a name. */
export type SignalNamed<Name extends Signal["name"]> = Extract<Signal, { readonly name: Name }>;
