export type { Clock } from "./clock";
export type {
  ApplicationEvent,
  Cause,
  ControlFrame,
  ControlFrames,
  OpenEnded,
  ResetReason,
  StateDeletion,
  StateSnapshot,
  StateUpdate,
  StreamEndReason,
  StreamEvent,
} from "./frames/frame";
export type { Json, JsonObject } from "./json";
export { reportListenerError } from "./listeners";
export { openStream } from "./open";
export { openApplicationStream } from "./open-application";
export type { PatchOperation } from "./patch/apply";
export { Problem, type ProblemDetails, type ProblemPart } from "./problem";
export { type NewEvent, type Published, type PublishOptions, publish } from "./publish";
export { type Request, send } from "./request";
export type { Server, TokenSource } from "./server";
export { type Credential, login, logout, type Session, whoami } from "./session";
export {
  deleteState,
  getState,
  patchState,
  putState,
  type ReadState,
  type WriteOptions,
  type WrittenState,
} from "./state";
export type {
  ApplicationOn,
  ApplicationStream,
  ApplicationStreamOptions,
  EventMap,
  EventStream,
  LiveStream,
  On,
  PollingOptions,
  StreamOptions,
  StreamStatus,
  StreamTuning,
  TopicState,
  Unsubscribe,
} from "./stream";
