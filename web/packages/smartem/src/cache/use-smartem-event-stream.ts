import { useLatest } from "@freshet/react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { FrontendStream } from "../stream/source";
import {
  type UsedEventStream,
  type UseEventStreamOptions,
  useFrontendStream,
} from "../stream/use-event-stream";
import { feed } from "./feed";
import type { InvalidationTiming } from "./invalidations";

/** Options of {@link useSmartEMEventStream}. */
export interface UseSmartEMEventStreamOptions extends UseEventStreamOptions {
  /** When queries are asked again after events have made them stale. */
  readonly invalidation?: InvalidationTiming | undefined;
}

/**
 * `useEventStream` that keeps TanStack Query's cache fresh, as far as its entries have the keys of
 * `smartemKeys`: what an event tells is written into them before listeners hear of it, what it makes
 * stale is asked for again when events pause. Where the stream begins anew, that is everything.
 */
export function useSmartEMEventStream(options: UseSmartEMEventStreamOptions = {}): UsedEventStream {
  const { invalidation, ...rest } = options;
  const client = useQueryClient();
  const timing = useLatest(invalidation);
  const follow = useCallback(
    (stream: FrontendStream) => feed(client, stream, timing.current),
    [client, timing],
  );
  return useFrontendStream(rest, follow);
}
