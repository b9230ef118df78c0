import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = secondsNow();
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

/** The same for all who ask between two ticks, also when a second ends between them. */
function lastTick(): number {
  const seconds = secondsNow();
  if (timer === undefined && Math.abs(seconds - now) > 1) now = seconds;
  return now;
}

/** The time in whole seconds, as ms since the epoch; one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, lastTick) * 1_000;
}
