import {
  type EventStream,
  type StreamEvent,
  type StreamRequest,
  topicSource,
} from "@freshet/client";
import { type MaybeRefOrGetter, toValue } from "vue";
import { type SharedStream, useSharedStream } from "./use-shared-stream";

/** Options of {@link useEventStream}. */
export interface UseEventStreamOptions extends StreamRequest {
  /** Default true. */
  readonly enabled?: boolean | undefined;
  /** Hears each event, in order. */
  readonly onEvent?: ((event: StreamEvent) => void) | undefined;
}

/**
 * Follows topics until the scope is disposed, while `enabled`. All who ask for the same share one
 * connection; who joins later hears the events from then on. Options may be a ref or a
 * getter, and change.
 */
export function useEventStream(
  options: MaybeRefOrGetter<UseEventStreamOptions>,
): SharedStream<EventStream> {
  return useSharedStream(
    () => {
      const { enabled = true, onEvent: _, ...request } = toValue(options);
      return enabled ? topicSource(request) : undefined;
    },
    (stream) => stream.on((event: StreamEvent) => toValue(options).onEvent?.(event)),
  );
}
