export type { Operation, OperationOptions } from "./api/operation";
export * from "./api/operations";
export type * from "./api/types";
export type { InvalidationTiming } from "./cache/invalidations";
export {
  type UseSmartEMEventStreamOptions,
  useSmartEMEventStream,
} from "./cache/use-smartem-event-stream";
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
export { smartemKeys } from "./queries/keys";
export {
  type SmartEMQueries,
  type SmartEMQuery,
  smartemQueries,
  useSmartEMQueries,
} from "./queries/queries";
export { useCreateInstruction } from "./queries/use-create-instruction";
export type { FrontendListeners } from "./stream/listeners";
export type { FrontendEvent } from "./stream/recent";
export type { FrontendRequest } from "./stream/request";
export type { FrontendStream } from "./stream/source";
export {
  type UsedEventStream,
  type UseEventStreamOptions,
  useEventStream,
} from "./stream/use-event-stream";
