import {
  type ApplicationEvent,
  type ApplicationRequest,
  type ApplicationStream,
  applicationSource,
} from "@freshet/client";
import { type MaybeRefOrGetter, toValue } from "vue";
import { type SharedStream, useSharedStream } from "./use-shared-stream";

/** Options of {@link useApplicationStream}. */
export interface UseApplicationStreamOptions extends ApplicationRequest {
  /** Default true. */
  readonly enabled?: boolean | undefined;
  /** Hears each event, in order. */
  readonly onEvent?: ((event: ApplicationEvent) => void) | undefined;
}

/**
 * Follows an application's own stream until the scope is disposed, while `enabled`; shared as
 * `useEventStream` shares. Options may be a ref or a
 * getter, and change.
 */
export function useApplicationStream(
  options: MaybeRefOrGetter<UseApplicationStreamOptions>,
): SharedStream<ApplicationStream> {
  return useSharedStream(
    () => {
      const { enabled = true, onEvent: _, ...request } = toValue(options);
      return enabled ? applicationSource(request) : undefined;
    },
    (stream) => stream.on((event: ApplicationEvent) => toValue(options).onEvent?.(event)),
  );
}
