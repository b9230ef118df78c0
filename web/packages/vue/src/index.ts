export type { TaskDetail, TaskError, TaskProgress, TaskStatus, TaskSubtask } from "@freshet/client";
export { createFreshet, type FreshetOptions, useServer } from "./freshet";
export { type UseTaskDetailOptions, useTaskDetail } from "./tasks";
export {
  type UseApplicationStreamOptions,
  useApplicationStream,
} from "./use-application-stream";
export { type UseEventStreamOptions, useEventStream } from "./use-event-stream";
export {
  type UsedResource,
  type UseLiveResourceOptions,
  useLiveResource,
} from "./use-live-resource";
export { useLiveState, useLiveStates } from "./use-live-state";
export { type IdleStatus, type SharedStream, useSharedStream } from "./use-shared-stream";
