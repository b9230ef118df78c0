import {
  type EventMap,
  type EventStream,
  type StreamEvent,
  type StreamRequest,
  topicSource,
} from "@freshet/client";
import { useCallback } from "react";
import { useLatest } from "./latest";
import { type SharedStream, useSharedStream } from "./use-shared-stream";

/** Options of {@link useEventStream}. */
export interface UseEventStreamOptions<Events extends EventMap = Record<string, unknown>>
  extends StreamRequest {
  /** Default true. */
  readonly enabled?: boolean | undefined;
  /** Hears each application event, in order. May be another function with each render. */
  readonly onEvent?: ((event: EventOf<Events>) => void) | undefined;
}

/** Any event of a map, told apart by its type. */
export type EventOf<Events extends EventMap> = {
  readonly [Type in keyof Events & string]: StreamEvent<Events[Type], Type>;
}[keyof Events & string];

/** What {@link useEventStream} answers. */
export type UsedEventStream<Events extends EventMap = Record<string, unknown>> = SharedStream<
  EventStream<Events>
>;

/**
 * Follows topics for as long as the component is mounted and `enabled`. Components that ask for the
 * same share one connection; who joins later hears the events from then on, and has all states at
 * once. Renders again when the status changes, not when events or states arrive.
 */
export function useEventStream<Events extends EventMap = Record<string, unknown>>(
  options: UseEventStreamOptions<Events>,
): UsedEventStream<Events> {
  const { enabled = true, onEvent, ...request } = options;
  const latest = useLatest(onEvent);
  const listen = useCallback(
    (stream: EventStream) => stream.on((event) => latest.current?.(event as EventOf<Events>)),
    [latest],
  );
  const { status, stream, reopen } = useSharedStream(
    enabled ? topicSource(request) : undefined,
    listen,
  );
  return { status, stream: stream as EventStream<Events> | undefined, reopen };
}
