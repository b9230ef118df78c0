import { type FrontendRequest, useSmartEMEventStream } from "@freshet/smartem";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { TellingStream } from "../connection/ConnectionContext";
import { useReopenOnSignIn } from "../connection/useReopenOnSignIn";
import { isCurrent, useStatus } from "../connection/useStatus";
import { LiveAcquisition, type LiveSnapshot } from "./LiveAcquisition";

/** Past results, and past lines, to begin with: as many as a server gives by default. */
const backlog = 1_000;

/** What an acquisition's page follows. All that asks for the same shares one stream. */
export function requestOf(acquisitionUuid: string): FrontendRequest {
  return { acquisitionUuid, metricBacklog: backlog, logBacklog: backlog };
}

/** One acquisition, as its stream tells it. */
export interface FollowedAcquisition {
  readonly live: LiveSnapshot;
  /** Null until it is opened. */
  readonly stream: TellingStream | null;
  /** Whether what is shown is complete, and true now. */
  readonly current: boolean;
  readonly reopen: () => void;
}

/** Follows one acquisition by one stream while the caller is on screen. */
export function useAcquisition(acquisitionUuid: string): FollowedAcquisition {
  const [store] = useState(() => new LiveAcquisition(acquisitionUuid));
  const { stream = null, reopen } = useSmartEMEventStream({
    ...requestOf(acquisitionUuid),
    onAcquisitionProgress: store.onProgress,
    onAgentStatus: store.onAgent,
    onProcessingMetric: store.onMetric,
  });
  useReopenOnSignIn(reopen);
  const current = isCurrent(useStatus(stream));
  useEffect(() => store.setLive(current), [store, current]);
  const live = useSyncExternalStore(store.subscribe, store.snapshot);
  return { live, stream, current, reopen };
}
