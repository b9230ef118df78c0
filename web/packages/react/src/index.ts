export { FreshetProvider, type FreshetProviderProps, type StreamRequest } from "./provider";
export {
  type EventOf,
  type IdleStatus,
  type UsedEventStream,
  type UseEventStreamOptions,
  useEventStream,
} from "./use-event-stream";
export { type StateSource, useLiveState } from "./use-live-state";
