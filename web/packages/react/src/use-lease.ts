import type { EventStream } from "@freshet/client";
import { useCallback, useId, useSyncExternalStore } from "react";
import { type StreamRequest, useFreshet } from "./provider";

/** A share in a stream, for as long as the caller is mounted. */
export interface Lease {
  /** `undefined` before the caller is mounted, and without a request. */
  readonly stream: EventStream | undefined;
  readonly reopen: () => void;
}

/**
 * Follows a request. A stream from a position on (`after`) is not shared: who came later would not
 * get what it began with. `onStream` hears of the stream before anything of it arrives; it must be
 * the same function always, and what it answers is called when the stream is let go.
 */
export function useLease(
  request: StreamRequest | undefined,
  onStream: (stream: EventStream) => () => void = ignore,
): Lease {
  const { pool, keyOf, open } = useFreshet();
  const own = useId();
  const key = request && `${keyOf(request)}${request.after === undefined ? "" : own}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the request
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (!request || !key) return ignore();
      const release = pool.acquire(key, () => open(request));
      const attach = () => onStream(pool.stream(key) as EventStream);
      let detach = attach();
      const leave = pool.subscribe(key, () => {
        detach();
        detach = attach();
        onChange();
      });
      return () => {
        leave();
        detach();
        release();
      };
    },
    [pool, open, key, onStream],
  );
  const stream = useSyncExternalStore(
    subscribe,
    () => (key ? pool.stream(key) : undefined),
    () => undefined,
  );
  const reopen = useCallback(() => {
    if (key) pool.reopen(key);
  }, [pool, key]);
  return { stream, reopen };
}

function ignore(): () => void {
  return () => undefined;
}
