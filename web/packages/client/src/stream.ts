import type { Clock } from "./clock";
import type {
  ApplicationEvent,
  Cause,
  ControlFrame,
  ControlFrames,
  StreamEvent,
} from "./frames/frame";
import type { Problem } from "./problem";
import type { Server } from "./server";

/** The data of an application's events, by type: `openStream<{ "order.created": Order }>(…)`. */
export type EventMap = object;

/** When to ask for pages instead of a stream (§3), and when to try the stream again. */
export interface PollingOptions {
  /**
   * Streams in a row that the server took and of which nothing came, or nothing more, before a
   * heartbeat. Default 3. One is enough where not even the first byte came for two heartbeats. A
   * server that cannot be reached, or answers an error, does not count.
   */
  readonly afterFailures?: number | undefined;
  /** Seconds for which the server may hold a page back, 0–30. Default 25. */
  readonly waitSeconds?: number | undefined;
  /** Milliseconds of polling after which the stream is tried again. Default 60 000. */
  readonly streamAgainMs?: number | undefined;
}

/** How patient a stream is. */
export interface StreamTuning {
  /** The longest frame to accept, in characters; a longer one fails the stream. Default 8 Mi. */
  readonly maxFrameBytes?: number | undefined;
  /** Milliseconds: the backoff's base until the server names one. Default 2000. */
  readonly retryMs?: number | undefined;
  /** Milliseconds: the longest backoff. Default 30 000. */
  readonly retryCapMs?: number | undefined;
  /** Milliseconds: the heartbeat interval to assume until the server names it. Default 15 000. */
  readonly heartbeatMs?: number | undefined;
  /** `false`: never poll. */
  readonly polling?: PollingOptions | false | undefined;
  /** Hears what a listener threw. Default: `reportError`, or the console where there is none. */
  readonly onError?: ((error: unknown) => void) | undefined;
  readonly clock?: Clock | undefined;
}

/** What to stream, from where, and how patiently. */
export interface StreamOptions extends Server, StreamTuning {
  /** 1–64 patterns; an event matches if any of them matches (§1, §2). */
  readonly topics: readonly string[];
  /** Event types, at most 64. Default: all. Snapshots come only with all, or with `state.update`. */
  readonly types?: readonly string[] | undefined;
  /**
   * Where to begin: a position of an earlier stream, or `earliest`. Default: at the states as they
   * are now, then live.
   */
  readonly after?: string | undefined;
}

/** Which application's stream to follow, and how patiently. */
export interface ApplicationStreamOptions extends Server, StreamTuning {
  /** Below the server's URL, with its query. */
  readonly path: string;
  /** Where to begin: a position of an earlier stream. Default: as the application has it. */
  readonly after?: string | undefined;
}

/** Where a stream stands. `ended` and `failed` are final. */
export type StreamStatus =
  /** The first request is on its way, or a following one that needed no waiting. */
  | { readonly name: "connecting" }
  /** Connected. `live` is false while snapshots or missed events are still arriving. */
  | { readonly name: "open"; readonly live: boolean }
  /** Waiting to connect again: at `retryAt` (ms since the epoch), after `attempt` failures in a row. */
  | {
      readonly name: "retrying";
      readonly retryAt: number;
      readonly attempt: number;
      readonly reason: Problem;
    }
  /** Streams do not get through; the same events arrive as pages. */
  | { readonly name: "polling" }
  /** Over: every topic has ended, an administrator closed it, or this side did. */
  | { readonly name: "ended"; readonly reason: "completed" | "closed" | "limit" | "client" }
  /** Over: refused, or broken in a way that no repetition heals. */
  | { readonly name: "failed"; readonly problem: Problem };

/** What a topic holds now: immutable; parts that a patch left alone keep their identity. */
export interface TopicState<T = unknown> {
  readonly topic: string;
  readonly value: T;
  /** Grows by one with each change of the topic (`S2`). */
  readonly version: number;
  /** ISO 8601: when it changed; `undefined` where it was asked for after a patch that did not fit. */
  readonly timestamp: string | undefined;
  readonly cause: Cause | undefined;
  /** Whether this was the topic's last change (§5.3). */
  readonly end: boolean;
}

/** Ends what the call began that answered it. Calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * What every stream is. Runs on the caller's event loop; a listener that throws is reported and
 * harms nobody. The functions need no `this`.
 */
export interface LiveStream {
  /** Same identity until it changes. */
  readonly status: StreamStatus;
  /** From where the stream would resume: pass it as `after` of a later one. */
  readonly position: string | undefined;
  /** Calls back after the status or any state changed, once for all that arrived together. */
  readonly subscribe: (onChange: () => void) => Unsubscribe;
  /** Calls back for each change of the status, in order with the events. */
  readonly onStatus: (listener: (status: StreamStatus) => void) => Unsubscribe;
  /** Does not wait any longer, if it is `retrying` and the server did not forbid it. */
  readonly retry: () => void;
  /** Ends the stream. States and position remain readable. */
  readonly close: () => void;
}

/**
 * A live view on the part of a log that matches a filter.
 *
 * Events arrive in the log's order, each once, also over reconnections (`U2`); the exception is what
 * `stream.reset` and `stream.open` with `resumed: false` say. States are complete when the status is
 * `open` and `live`; between a cut and its repair they are the last that was known, and a state
 * that is known to be stale is not shown (`S4`).
 */
export interface EventStream<Events extends EventMap = Record<string, unknown>> extends LiveStream {
  /** The current state of a topic; same identity until it changes; `undefined` where there is none. */
  readonly state: <T = unknown>(topic: string) => TopicState<T> | undefined;
  /** All current states by topic; same identity until one changes. */
  readonly states: () => ReadonlyMap<string, TopicState>;
  /** Calls back after the state of one topic changed, once for all that arrived together. */
  readonly watch: (topic: string, onChange: () => void) => Unsubscribe;
  /** Calls back for each change of each state, in order with the events; `undefined`: it is gone. */
  readonly onState: (
    listener: (topic: string, state: TopicState | undefined) => void,
  ) => Unsubscribe;
  /** Calls back for each event or control frame of a type, or for all application events, in order. */
  readonly on: On<Events>;
}

/** The overloads of {@link EventStream.on}. */
export interface On<Events extends EventMap> {
  (listener: (event: StreamEvent) => void): Unsubscribe;
  <Type extends keyof ControlFrames>(
    type: Type,
    listener: (frame: ControlFrame<Type>) => void,
  ): Unsubscribe;
  <Type extends keyof Events & string>(
    type: Type,
    listener: (event: StreamEvent<Events[Type], Type>) => void,
  ): Unsubscribe;
}

/** An application's own stream (§8): its events arrive in order and once, as an `EventStream`'s do. */
export interface ApplicationStream<Events extends EventMap = Record<string, unknown>>
  extends LiveStream {
  /** Calls back for each event or control frame of a type, or for all of the application's events. */
  readonly on: ApplicationOn<Events>;
}

/** The overloads of {@link ApplicationStream.on}. */
export interface ApplicationOn<Events extends EventMap> {
  (listener: (event: ApplicationEvent) => void): Unsubscribe;
  <Type extends Exclude<keyof ControlFrames, `state.${string}`>>(
    type: Type,
    listener: (frame: ControlFrame<Type>) => void,
  ): Unsubscribe;
  <Type extends keyof Events & string>(
    type: Type,
    listener: (event: ApplicationEvent<Events[Type], Type>) => void,
  ): Unsubscribe;
}
