export {
  type AcquisitionProgress,
  type AgentLog,
  type AgentStatus,
  FRONTEND_EVENT_TYPES,
  type FrontendEvents,
  type FrontendEventType,
  type InstructionLifecycle,
  type ProcessingMetric,
} from "./events";
export type { FrontendListeners } from "./stream/listeners";
export type { FrontendEvent } from "./stream/recent";
export type { FrontendRequest } from "./stream/request";
export type { FrontendStream } from "./stream/source";
export {
  type UsedEventStream,
  type UseEventStreamOptions,
  useEventStream,
} from "./stream/use-event-stream";
