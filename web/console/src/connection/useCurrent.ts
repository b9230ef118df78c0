import type { EventStream, StreamStatus } from "@freshet/client";
import { useEffect, useState } from "react";
import { useStatus } from "./useStatus";

/** How long polling has to go well: it begins before the first page is there, and may fail at once. */
const pollingProofMs = 2_000;

/** Whether a stream's states are complete, and what is true now. */
export function useCurrent(stream: EventStream | null): boolean {
  const status = useStatus(stream);
  const [proved, setProved] = useState<StreamStatus | null>(null);
  useEffect(() => {
    if (status?.name !== "polling") return;
    const timer = setTimeout(() => setProved(status), pollingProofMs);
    return () => clearTimeout(timer);
  }, [status]);
  if (status?.name === "open") return status.live;
  return status?.name === "polling" && proved === status && stream?.position !== undefined;
}
