import { type ApplicationStream, applicationSource, type Server } from "@freshet/client";
import { useServer, useSharedStream } from "@freshet/react";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
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

/** By who looks, then by runtime: the time lines to which they may come back. */
const timeLines = new WeakMap<Server, Map<string, RuntimeStore>>();
const mostTimeLines = 4;

const unfitMs = 2_000;

/**
 * Follows a runtime's slices by one stream while the caller is on screen; without names, all. Those
 * who come back to all of them find the time line as it was, and what it missed as a snapshot.
 */
export function useRuntime(runtime: string, slices: readonly string[] = []): FollowedRuntime {
  const query = new URLSearchParams({ runtime });
  if (slices.length > 0) query.set("slices", slices.join(","));
  const path = `/events?${query}`;
  const server = useServer();
  const latest = useMemo(
    () => (slices.length === 0 ? timeLineOf(server, path) : newStore()),
    [server, path, slices.length],
  );
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

function newStore(): RuntimeStore {
  return new RuntimeStore((draw) => requestAnimationFrame(draw));
}

/** Of those that were not asked for lately, none is kept. */
function timeLineOf(server: Server, path: string): RuntimeStore {
  const kept = timeLines.get(server) ?? new Map<string, RuntimeStore>();
  timeLines.set(server, kept);
  const store = kept.get(path) ?? newStore();
  kept.delete(path);
  kept.set(path, store);
  for (const oldest of [...kept.keys()].slice(0, -mostTimeLines)) kept.delete(oldest);
  return store;
}
