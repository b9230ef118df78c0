import { type CallStatus, readCallResult } from "@freshet/agents";
import { useServer } from "@freshet/react";
import { useQuery } from "@tanstack/react-query";

/** What went into a call and came out of it, whole, where a run shows only the beginning. */
export function useWholeCall(
  executionId: string,
  { callId, status }: { callId: string; status: CallStatus },
  enabled: boolean,
) {
  const server = useServer();
  return useQuery({
    // What is known of a call that runs is not yet all.
    queryKey: ["run", executionId, "call", callId, status],
    queryFn: ({ signal }) => readCallResult(server, executionId, callId, { signal }),
    enabled,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
