import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const secondsNow = () => Math.floor(Date.now() / 1_000);

/** The time in whole seconds, as ms since the epoch; one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, secondsNow) * 1_000;
}
