export {
  type ApplicationRequest,
  applicationSource,
  type Opening,
  type Source,
  type StreamRequest,
} from "@freshet/client";
export { useLatest } from "./latest";
export { FreshetProvider, type FreshetProviderProps, useServer } from "./provider";
export {
  type ApplicationEventOf,
  type UseApplicationStreamOptions,
  useApplicationStream,
} from "./use-application-stream";
export {
  type EventOf,
  type UsedEventStream,
  type UseEventStreamOptions,
  useEventStream,
} from "./use-event-stream";
export {
  type UsedResource,
  type UseLiveResourceOptions,
  useLiveResource,
} from "./use-live-resource";
export { type StateSource, useLiveState } from "./use-live-state";
export { type IdleStatus, type SharedStream, useSharedStream } from "./use-shared-stream";
