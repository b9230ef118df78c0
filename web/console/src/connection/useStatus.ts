import type { LiveStream, StreamStatus } from "@freshet/client";
import type { IdleStatus } from "@freshet/react";
import { useSyncExternalStore } from "react";

/** A stream's status, kept current; null while there is no stream. */
export function useStatus(stream: LiveStream | null): StreamStatus | null {
  return useSyncExternalStore(stream?.subscribe ?? never, () => stream?.status ?? null);
}

/** Whether a stream's states are complete, and what is true now. */
export function isCurrent(status: StreamStatus | IdleStatus | null): boolean {
  return status?.name === "polling" || (status?.name === "open" && status.live);
}

const never = () => () => {};
