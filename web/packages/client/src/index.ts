export type { Clock } from "./clock";
export { type StreamRecord, type StreamView, shouldStream } from "./connection/should-stream";
export {
  type ParsedChunk,
  parseSseChunk,
  SSE_START,
  type SseFrame,
  type SseState,
} from "./frames/chunk";
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
export { applyPatch, type PatchOperation } from "./patch/apply";
export { share } from "./patch/equal";
export { PatchFailure } from "./patch/failure";
export { valueAt } from "./patch/pointer";
export { type Pool, pool } from "./pool";
export { Problem, type ProblemDetails, type ProblemPart } from "./problem";
export { type NewEvent, type Published, type PublishOptions, publish } from "./publish";
export { type Request, send } from "./request";
export { liveResource } from "./resource/live-resource";
export type {
  ApplyEvent,
  LiveResource,
  LiveResourceOptions,
  ResourceMode,
  ResourceRequest,
  ResourceView,
} from "./resource/resource";
export {
  type CustomEvent,
  type ExecutionStatus,
  RUNTIME_EVENT_TYPES,
  type RuntimeCause,
  type RuntimeEvents,
  type RuntimeEventType,
  type RuntimeInitial,
  type RuntimePatch,
  type RuntimeUpdate,
} from "./runtime";
export type { Server, TokenSource } from "./server";
export { type Credential, login, logout, type Session, whoami } from "./session";
export {
  type ApplicationRequest,
  applicationSource,
  type Opening,
  resourceSource,
  type Source,
  type StreamRequest,
  topicSource,
} from "./source";
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
export { type StreamSseOptions, streamSse } from "./stream-sse";
export type { TaskDetail, TaskError, TaskProgress, TaskStatus, TaskSubtask } from "./task";
