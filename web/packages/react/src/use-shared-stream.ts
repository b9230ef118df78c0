import type { LiveStream, Source, StreamStatus, Unsubscribe } from "@freshet/client";
import { useCallback, useId, useSyncExternalStore } from "react";
import { useFreshet } from "./provider";

/** Not following anything: disabled, or not mounted yet. */
export interface IdleStatus {
  readonly name: "idle";
}

const IDLE: IdleStatus = { name: "idle" };

/** A share in a stream, for as long as the component is mounted. */
export interface SharedStream<Stream extends LiveStream> {
  readonly status: StreamStatus | IdleStatus;
  /** For all that has no hook: `on`, `position`, …; `undefined` while idle. */
  readonly stream: Stream | undefined;
  /** Opens the stream anew for all who share it, after it ended or failed. */
  readonly reopen: () => void;
}

/**
 * What the hooks of streams are made of, here and for applications that bring hooks of their own:
 * follows a source for as long as the component is mounted, on one connection for all whose sources
 * have the same key. Renders again when the status changes.
 *
 * `onStream` hears of the stream before anything of it arrives, or as it is when somebody else
 * opened it; what it answers is called when the stream is let go. It must be the same function
 * always.
 */
export function useSharedStream<Stream extends LiveStream>(
  source: Source<Stream> | undefined,
  onStream?: (stream: Stream) => Unsubscribe,
): SharedStream<Stream> {
  const { stream, reopen } = useLease(source, onStream);
  return { status: useStatus(stream), stream, reopen };
}

/** The same without the status, for those who need not render with it. */
export function useLease<Stream extends LiveStream>(
  source: Source<Stream> | undefined,
  onStream: (stream: Stream) => Unsubscribe = ignore,
): Omit<SharedStream<Stream>, "status"> {
  const { pool, keyOf, open } = useFreshet();
  const own = useId();
  const key = source && `${keyOf(source)}${source.after === undefined ? "" : own}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the source
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (!source || !key) return ignore();
      const release = pool.acquire(key, () => open(source));
      const attach = () => onStream(pool.stream(key) as Stream);
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
    () => (key ? (pool.stream(key) as Stream | undefined) : undefined),
    () => undefined,
  );
  const reopen = useCallback(() => {
    if (key) pool.reopen(key);
  }, [pool, key]);
  return { stream, reopen };
}

function useStatus(stream: LiveStream | undefined): StreamStatus | IdleStatus {
  const subscribe = useCallback(
    (onChange: () => void) => stream?.subscribe(onChange) ?? ignore(),
    [stream],
  );
  return useSyncExternalStore(
    subscribe,
    () => stream?.status ?? IDLE,
    () => IDLE,
  );
}

function ignore(): Unsubscribe {
  return () => undefined;
}
