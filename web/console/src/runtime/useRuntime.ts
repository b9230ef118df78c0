import { type ApplicationStream, applicationSource } from "@freshet/client";
import { useSharedStream } from "@freshet/react";
import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { TellingStream } from "../connection/ConnectionContext";
import { useReopenOnSignIn } from "../connection/useReopenOnSignIn";
import { isCurrent, useStatus } from "../connection/useStatus";
import { type RuntimeSnapshot, RuntimeStore } from "./RuntimeStore";

/** The runtime that every server has: its own operating state. */
export const operating = "freshet";

/** A runtime, as its stream tells it. */
export interface FollowedRuntime {
  readonly store: RuntimeStore;
  readonly snapshot: RuntimeSnapshot;
  /** Null until it is opened. */
  readonly stream: TellingStream | null;
  /** Whether what is shown is complete, and true now. */
  readonly current: boolean;
  /** Whether there is no such runtime for this session; the server does not say which. */
  readonly denied: boolean;
  readonly reopen: () => void;
}

/** By stream: who joins one later finds what it brought. */
const stores = new WeakMap<ApplicationStream, RuntimeStore>();

const unfitMs = 2_000;

/** Follows a runtime's slices by one stream while the caller is on screen; without names, all. */
export function useRuntime(runtime: string, slices: readonly string[] = []): FollowedRuntime {
  const query = new URLSearchParams({ runtime });
  if (slices.length > 0) query.set("slices", slices.join(","));
  const path = `/events?${query}`;
  const kept = useRef<{ readonly path: string; readonly store: RuntimeStore }>(null);
  if (kept.current?.path !== path) {
    kept.current = { path, store: new RuntimeStore((draw) => requestAnimationFrame(draw)) };
  }
  const latest = kept.current.store;
  const listen = useCallback(
    (stream: ApplicationStream) => {
      if (!stores.has(stream)) {
        // A stream that takes another's place goes on where that was.
        stores.set(stream, latest);
        stream.on(latest.take);
      }
      return () => undefined;
    },
    [latest],
  );
  const { stream = null, reopen } = useSharedStream(applicationSource({ path }), listen);
  useReopenOnSignIn(reopen);
  const store = (stream === null ? undefined : stores.get(stream)) ?? latest;
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  const status = useStatus(stream);
  const { unfit } = snapshot;
  useEffect(() => {
    if (!unfit) return;
    const timer = setTimeout(reopen, unfitMs);
    return () => clearTimeout(timer);
  }, [unfit, reopen]);
  return {
    store,
    snapshot,
    stream,
    current: isCurrent(status) && !unfit && snapshot.slices !== null,
    denied: status?.name === "failed" && status.problem.status === 404,
    reopen,
  };
}
