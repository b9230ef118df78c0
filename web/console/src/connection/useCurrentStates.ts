import type { EventStream, TopicState } from "@freshet/client";
import { useCallback, useState, useSyncExternalStore } from "react";

export type States = ReadonlyMap<string, TopicState>;

/**
 * A stream's states when they were last complete; null before that. While a stream catches up, or
 * another takes its place, these are the ones to go on showing, as stale. Changes at most once a frame.
 *
 * @param current whether they are complete now
 */
export function useCurrentStates(stream: EventStream | null, current: boolean): States | null {
  const subscribe = useCallback((listener: () => void) => eachFrame(stream, listener), [stream]);
  const states = useSyncExternalStore(subscribe, () => stream?.states() ?? null);
  const [last, setLast] = useState<States | null>(null);
  if (!current) return last;
  if (states !== last) setLast(states);
  return states;
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
