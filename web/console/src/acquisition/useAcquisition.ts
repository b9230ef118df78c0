import { type FrontendRequest, useSmartEMEventStream } from "@freshet/smartem";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { TellingStream } from "../connection/ConnectionContext";
import { useBacklog } from "../connection/useBacklog";
import { useReopenOnSignIn } from "../connection/useReopenOnSignIn";
import { isCurrent, useStatus } from "../connection/useStatus";
import { LiveAcquisition, type LiveSnapshot } from "./LiveAcquisition";

/** One acquisition, as its stream tells it. */
export interface FollowedAcquisition {
  readonly live: LiveSnapshot;
  /** Null until it is opened. */
  readonly stream: TellingStream | null;
  /** Whether what is shown is complete, and true now. */
  readonly current: boolean;
  readonly reopen: () => void;
  /** What is followed. All that asks for the same shares the stream. */
  readonly request: FrontendRequest;
}

/** Follows one acquisition by one stream while the caller is on screen. */
export function useAcquisition(acquisitionUuid: string): FollowedAcquisition {
  const [store] = useState(() => new LiveAcquisition(acquisitionUuid));
  const [backlog, lessen] = useBacklog();
  const request = useMemo<FrontendRequest>(
    () => ({ acquisitionUuid, metricBacklog: backlog, logBacklog: Math.min(backlog, 1_000) }),
    [acquisitionUuid, backlog],
  );
  const { stream = null, reopen } = useSmartEMEventStream({
    ...request,
    onAcquisitionProgress: store.onProgress,
    onAgentStatus: store.onAgent,
    onProcessingMetric: store.onMetric,
  });
  useReopenOnSignIn(reopen);
  const status = useStatus(stream);
  lessen(status);
  const current = isCurrent(status);
  useEffect(() => store.setLive(current), [store, current]);
  const live = useSyncExternalStore(store.subscribe, store.snapshot);
  return { live, stream, current, reopen, request };
}
