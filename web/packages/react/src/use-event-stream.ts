import type { EventMap, EventStream, StreamEvent, StreamStatus } from "@freshet/client";
import { useCallback, useInsertionEffect, useRef, useSyncExternalStore } from "react";
import type { StreamRequest } from "./provider";
import { useLease } from "./use-lease";

/** Not following anything: disabled, or not mounted yet. */
export interface IdleStatus {
  readonly name: "idle";
}

const IDLE: IdleStatus = { name: "idle" };

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
export interface UsedEventStream<Events extends EventMap = Record<string, unknown>> {
  readonly status: StreamStatus | IdleStatus;
  /** For all that has no hook: `on`, `watch`, `position`, …; `undefined` while idle. */
  readonly stream: EventStream<Events> | undefined;
  /** Opens the stream anew for all who share it, after it ended or failed. */
  readonly reopen: () => void;
}

/**
 * Follows topics for as long as the component is mounted and `enabled`. Components that ask for the
 * same share one connection; who joins later hears the events from then on, and has all states at
 * once. Renders again when the status changes, not when events or states arrive.
 */
export function useEventStream<Events extends EventMap = Record<string, unknown>>(
  options: UseEventStreamOptions<Events>,
): UsedEventStream<Events> {
  const { enabled = true, onEvent, ...request } = options;
  const latest = useRef(onEvent);
  useInsertionEffect(() => {
    latest.current = onEvent;
  });
  const listen = useCallback(
    (stream: EventStream) => stream.on((event) => latest.current?.(event as EventOf<Events>)),
    [],
  );
  const { stream, reopen } = useLease(enabled ? request : undefined, listen);
  const status = useStatus(stream);
  return { status, stream: stream as EventStream<Events> | undefined, reopen };
}

function useStatus(stream: EventStream | undefined): StreamStatus | IdleStatus {
  const subscribe = useCallback(
    (onChange: () => void) => stream?.subscribe(onChange) ?? (() => undefined),
    [stream],
  );
  return useSyncExternalStore(
    subscribe,
    () => stream?.status ?? IDLE,
    () => IDLE,
  );
}
