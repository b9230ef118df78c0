import type { StreamStatus, Unsubscribe } from "@freshet/client";
import { type IdleStatus, type SharedStream, useLatest, useSharedStream } from "@freshet/react";
import { useCallback } from "react";
import { type FrontendListeners, tell } from "./listeners";
import type { FrontendRequest } from "./request";
import { type FrontendStream, frontendSource } from "./source";
import { usePosition } from "./use-position";

/** Options of {@link useEventStream}. Other listeners need no new connection; anything else does. */
export interface UseEventStreamOptions extends FrontendRequest, FrontendListeners {
  /** Default true. */
  readonly enabled?: boolean | undefined;
}

/** What {@link useEventStream} answers. */
export interface UsedEventStream extends SharedStream<FrontendStream> {
  /** The status's name: `connecting`, `open`, `retrying`, `ended`, `failed`, or `idle` while disabled. */
  readonly connectionState: (StreamStatus | IdleStatus)["name"];
  /** The resume position. A component that reads it renders again when it moves, others do not. */
  readonly lastEventId: string | undefined;
}

/**
 * Follows what the microscopes do, for as long as the component is mounted and `enabled`. Components
 * that ask for the same share one connection; who joins later is told the statuses and the backlog
 * as if the connection were new. Renders again when the connection's status changes; events go to
 * the listeners.
 *
 * @example
 * const { connectionState } = useEventStream({
 *   acquisitionUuid,
 *   eventTypes: ["acquisition.progress"],
 *   onAcquisitionProgress: (progress) => setCount(progress.micrograph_count),
 * });
 */
export function useEventStream(options: UseEventStreamOptions = {}): UsedEventStream {
  return useFrontendStream(options);
}

/** The same with somebody who follows the stream too, and must be the same function always. */
export function useFrontendStream(
  options: UseEventStreamOptions,
  follow?: (stream: FrontendStream) => Unsubscribe,
): UsedEventStream {
  const { enabled = true, ...request } = options;
  const latest = useLatest<FrontendListeners>(options);
  const listen = useCallback(
    (stream: FrontendStream) => {
      const unfollow = follow?.(stream);
      const leave = stream.join((event) => tell(latest.current, event));
      return () => {
        leave();
        unfollow?.();
      };
    },
    [follow, latest],
  );
  const shared = useSharedStream(enabled ? frontendSource(request) : undefined, listen);
  const position = usePosition(shared.stream);
  return {
    ...shared,
    connectionState: shared.status.name,
    get lastEventId() {
      return position();
    },
  };
}
