import type { Json } from "../json";
import type { PatchOperation } from "../patch/apply";

/** Why a stream is over or interrupted (§2.4). Other strings may come from a newer server. */
export type StreamEndReason = "completed" | "expired" | "revoked" | "drain" | "closed" | "limit";

/** Why what the client had is not continuous with what follows (§2.3). */
export type ResetReason = "malformed" | "epoch" | "future" | "retention" | "overrun";

/** A string of which some values are known. */
export type OpenEnded<Known extends string> = Known | (string & {});

/** Who or what changed a state, as far as the writer said and the topic's policy shows it. */
export interface Cause {
  readonly type: string;
  readonly id?: string;
  readonly payload?: Json;
}

/** `state.initial`: a whole value at a version. */
export interface StateSnapshot<T = Json> {
  readonly topic: string;
  readonly value: T;
  readonly version: number;
  readonly timestamp: string;
}

/** `state.update`: from `base` to `version`, by `patches` (RFC 6902) or by `value`, never both. */
export interface StateUpdate {
  readonly topic: string;
  readonly version: number;
  readonly base: number;
  readonly patches?: readonly PatchOperation[];
  readonly value?: Json;
  readonly cause?: Cause;
  readonly timestamp: string;
  readonly end?: boolean;
}

/** `state.delete`: the topic has no value from `version` on. */
export interface StateDeletion {
  readonly topic: string;
  readonly version: number;
  readonly base: number;
  readonly cause?: Cause;
  readonly timestamp: string;
  readonly end?: boolean;
}

/** The frames that the server speaks itself, by type (§2.1). */
export interface ControlFrames {
  "stream.open": {
    readonly resumed: boolean;
    readonly position: string;
    readonly heartbeatMs: number;
  };
  "stream.reset": { readonly reason: OpenEnded<ResetReason> };
  "stream.live": { readonly position: string };
  "stream.end": { readonly reason: OpenEnded<StreamEndReason> };
  heartbeat: { readonly time?: string };
  "state.initial": StateSnapshot;
  "state.update": StateUpdate;
  "state.delete": StateDeletion;
}

/** A frame of the server's own, as it came. */
export interface ControlFrame<Type extends keyof ControlFrames = keyof ControlFrames> {
  readonly type: Type;
  /** The position after this frame; snapshots and `stream.open` have none. */
  readonly id: string | undefined;
  readonly data: ControlFrames[Type];
}

/** An event as an application's own stream has it (§8). */
export interface ApplicationEvent<T = unknown, Type extends string = string> {
  readonly type: Type;
  /** The position after this event: opaque, to be stored and given back, never parsed or compared. */
  readonly id: string | undefined;
  /** What was published; `undefined` where the event had none. */
  readonly data: T;
}

/** An application's event: immutable, at one place of the log (§1). */
export interface StreamEvent<T = unknown, Type extends string = string>
  extends ApplicationEvent<T, Type> {
  readonly topic: string;
  /** ISO 8601. */
  readonly time: string;
  /** Whether this was the topic's last event (§5.3). */
  readonly end: boolean;
}
