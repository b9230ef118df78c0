import type { EventStream, TopicState } from "@freshet/client";
import { useCallback, useState, useSyncExternalStore } from "react";
import { isCurrent } from "./describe";

export type States = ReadonlyMap<string, TopicState>;

/**
 * A stream's states when they were last complete; null before that. While a stream catches up, or
 * another takes its place, these are the ones to go on showing, as stale. Changes at most once a frame.
 */
export function useCurrentStates(stream: EventStream | null): States | null {
  const subscribe = useCallback((listener: () => void) => eachFrame(stream, listener), [stream]);
  const current = useSyncExternalStore(subscribe, () =>
    stream !== null && isCurrent(stream) ? stream.states() : null,
  );
  const [last, setLast] = useState<States | null>(null);
  if (current !== null && current !== last) setLast(current);
  return current ?? last;
}

function eachFrame(stream: EventStream | null, listener: () => void): () => void {
  let frame: number | null = null;
  const unsubscribe = stream?.subscribe(() => {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      listener();
    });
  });
  return () => {
    unsubscribe?.();
    if (frame !== null) cancelAnimationFrame(frame);
  };
}
