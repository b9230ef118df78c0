import {
  type ApplicationEvent,
  type ApplicationRequest,
  type ApplicationStream,
  applicationSource,
  type EventMap,
} from "@freshet/client";
import { useCallback } from "react";
import { useLatest } from "./latest";
import { type SharedStream, useSharedStream } from "./use-shared-stream";

/** Options of {@link useApplicationStream}. */
export interface UseApplicationStreamOptions<Events extends EventMap = Record<string, unknown>>
  extends ApplicationRequest {
  /** Default true. */
  readonly enabled?: boolean | undefined;
  /** Hears each of the application's events, in order. May be another function with each render. */
  readonly onEvent?: ((event: ApplicationEventOf<Events>) => void) | undefined;
}

/** Any event of an application's map, told apart by its type. */
export type ApplicationEventOf<Events extends EventMap> = {
  readonly [Type in keyof Events & string]: ApplicationEvent<Events[Type], Type>;
}[keyof Events & string];

/**
 * Follows an application's own stream for as long as the component is mounted and `enabled`.
 * Components that ask for the same share one connection; who joins later hears the events from then
 * on. Renders again when the status changes, not when events arrive.
 */
export function useApplicationStream<Events extends EventMap = Record<string, unknown>>(
  options: UseApplicationStreamOptions<Events>,
): SharedStream<ApplicationStream<Events>> {
  const { enabled = true, onEvent, ...request } = options;
  const latest = useLatest(onEvent);
  const listen = useCallback(
    (stream: ApplicationStream<Events>) =>
      stream.on((event) => latest.current?.(event as ApplicationEventOf<Events>)),
    [latest],
  );
  return useSharedStream(enabled ? applicationSource<Events>(request) : undefined, listen);
}
