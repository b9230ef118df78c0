import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** When queries are asked again after events have made them stale. */
export interface InvalidationTiming {
  /** Milliseconds of quiet to wait for. Default 250. */
  readonly delayMs?: number | undefined;
  /** Milliseconds after which it is time although there is no quiet. Default 2000. */
  readonly maxWaitMs?: number | undefined;
}

/** Queries that are stale, to be asked again together. */
export interface Invalidations {
  /** A key stands for all that begin with it too, unless it is `exact`. */
  add(queryKey: QueryKey, exact?: "exact"): void;
  /** Asks again now what is waiting. */
  flush(): void;
}

/**
 * Waits until events pause, but not for ever: under a steady stream of results a list would be asked
 * for with each of them, or never.
 */
export function invalidations(client: QueryClient, timing: InvalidationTiming = {}): Invalidations {
  const { delayMs = 250, maxWaitMs = 2000 } = timing;
  const waiting = new Map<string, { readonly queryKey: QueryKey; readonly exact: boolean }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let deadline = 0;

  function flush(): void {
    clearTimeout(timer);
    const stale = [...waiting.values()];
    waiting.clear();
    for (const filter of stale) {
      if (!isCovered(filter, stale)) void client.invalidateQueries(filter);
    }
  }

  return {
    add(queryKey, exact) {
      const now = Date.now();
      if (waiting.size === 0) deadline = now + maxWaitMs;
      waiting.set(`${exact}${JSON.stringify(queryKey)}`, { queryKey, exact: exact !== undefined });
      clearTimeout(timer);
      timer = setTimeout(flush, Math.max(0, Math.min(delayMs, deadline - now)));
    },
    flush,
  };
}

interface Filter {
  readonly queryKey: QueryKey;
  readonly exact: boolean;
}

/** Whether another one asks for the same already: who is asked twice at once is cancelled once. */
function isCovered(filter: Filter, among: readonly Filter[]): boolean {
  return among.some((other) => {
    if (other === filter || other.exact) return false;
    const isLonger = filter.queryKey.length > other.queryKey.length;
    const isSame = filter.queryKey.length === other.queryKey.length && filter.exact;
    return (isLonger || isSame) && other.queryKey.every((it, i) => it === filter.queryKey[i]);
  });
}
