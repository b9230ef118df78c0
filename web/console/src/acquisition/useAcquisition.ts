import { type FrontendRequest, useSmartEMEventStream } from "@freshet/smartem";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { TellingStream } from "../connection/ConnectionContext";
import { useReopenOnSignIn } from "../connection/useReopenOnSignIn";
import { isCurrent, useStatus } from "../connection/useStatus";
import { LiveAcquisition, type LiveSnapshot } from "./LiveAcquisition";

/** Past results, and past lines, to begin with: as many as a server gives by default, or less. */
const backlogs = [1_000, 100, 0] as const;

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
  const [attempt, setAttempt] = useState(0);
  const request = useMemo<FrontendRequest>(() => {
    const backlog = backlogs[attempt];
    return { acquisitionUuid, metricBacklog: backlog, logBacklog: backlog };
  }, [acquisitionUuid, attempt]);
  const { stream = null, reopen } = useSmartEMEventStream({
    ...request,
    onAcquisitionProgress: store.onProgress,
    onAgentStatus: store.onAgent,
    onProcessingMetric: store.onMetric,
  });
  useReopenOnSignIn(reopen);
  const status = useStatus(stream);
  // A server may be set to give less of the past.
  const isTooMuch = status?.name === "failed" && status.problem.status === 422;
  if (isTooMuch && attempt < backlogs.length - 1) setAttempt(attempt + 1);
  const current = isCurrent(status);
  useEffect(() => store.setLive(current), [store, current]);
  const live = useSyncExternalStore(store.subscribe, store.snapshot);
  return { live, stream, current, reopen, request };
}
