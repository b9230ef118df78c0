import { openApplicationStream, type Server } from "@freshet/client";
import type { AgentStreamEvent, AgentStreamEvents } from "../execution";
import { type ExecutionRequest, streamPath } from "../stream";

/** How to read a run's past. */
export interface RecordingOptions extends ExecutionRequest {
  readonly signal?: AbortSignal | undefined;
}

/**
 * All events of a run until now, from its first; where retention has taken some of them, a snapshot
 * is in their place. Goes on over cuts as every stream does; rejects with a `Problem` where it fails.
 */
export function readRecording(
  server: Server,
  executionId: string,
  { signal, deltas = true, ...patience }: RecordingOptions = {},
): Promise<readonly AgentStreamEvent[]> {
  return new Promise((resolve, reject) => {
    let events: AgentStreamEvent[] = [];
    const stream = openApplicationStream<AgentStreamEvents>({
      ...server,
      ...patience,
      path: streamPath(executionId, deltas),
      after: "earliest",
    });
    const finish = (settle: () => void) => {
      settle();
      signal?.removeEventListener("abort", abort);
      stream.close();
    };
    const abort = () => finish(() => reject(signal?.reason));
    stream.on(({ type, data }) => {
      if (type === "execution:started" || type === "execution:snapshot") events = [];
      events.push({ type, data } as AgentStreamEvent);
    });
    stream.on("stream.live", () => finish(() => resolve(events)));
    stream.onStatus((status) => {
      if (status.name === "failed") finish(() => reject(status.problem));
      if (status.name === "ended") finish(() => resolve(events));
    });
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
  });
}
