import {
  type ApplicationRequest,
  type ApplicationStream,
  applicationSource,
  type Opening,
  type Source,
  type Unsubscribe,
} from "@freshet/client";
import type { Execution } from "./events";
import type { AgentStreamEvent, AgentStreamEvents } from "./execution";
import { reduceAll } from "./reducer";

/** How to follow a run, and how patiently. */
export interface ExecutionRequest
  extends Pick<ApplicationRequest, "retryMs" | "retryCapMs" | "heartbeatMs" | "maxFrameBytes"> {
  /** `false`: a thought shows when it is whole, which is less to send and to show. Default true. */
  readonly deltas?: boolean | undefined;
}

/** A run's stream, and what its events reduce to. */
export interface ExecutionStream extends ApplicationStream<AgentStreamEvents> {
  readonly executionId: string;
  /**
   * The run as it stands; same identity until it changes. `undefined` before it is known: a run that
   * is over is told from its first event, and shown when its last is there.
   */
  readonly execution: () => Execution | undefined;
  /** Takes from an answer of the server what no event tells: who may watch. */
  readonly adopt: (answer: Execution) => void;
  /** Calls back after the status or the run changed, once for all that arrived together. */
  readonly subscribe: (onChange: () => void) => Unsubscribe;
}

/** Milliseconds from one change that is shown to the next: about a frame of the screen. */
const FRAME_MS = 16;

/** One run, for all who ask for the same. */
export function executionSource(
  executionId: string,
  { deltas = true, ...patience }: ExecutionRequest = {},
): Source<ExecutionStream> {
  const path = streamPath(executionId, deltas);
  const source = applicationSource<AgentStreamEvents>({ path, ...patience });
  return {
    key: JSON.stringify(["execution", source.key]),
    open: (opening) => reducing(source.open(opening), executionId, opening),
  };
}

export function streamPath(executionId: string, deltas: boolean): string {
  return `api/agent/stream/${encodeURIComponent(executionId)}${deltas ? "" : "?deltas=false"}`;
}

function reducing(
  stream: ApplicationStream<AgentStreamEvents>,
  executionId: string,
  { onError }: Pick<Opening, "onError">,
): ExecutionStream {
  const listeners = new Set<{ readonly onChange: () => void }>();
  let waiting: AgentStreamEvent[] = [];
  let execution: Execution | undefined;
  let shown: Execution | undefined;
  /** While the past of a run is told, what it was then is not shown as if it were now. */
  let retelling = false;
  let scheduled: object | undefined;
  let told = Number.NEGATIVE_INFINITY;

  stream.on((event) => {
    const heard = event as AgentStreamEvent;
    if (heard.type === "execution:started") retelling = !isLive(stream);
    if (heard.type === "execution:snapshot") retelling = false;
    waiting.push(heard);
    schedule();
  });
  for (const type of ["stream.live", "stream.end"] as const) {
    stream.on(type, () => {
      retelling = false;
      schedule();
    });
  }
  stream.subscribe(tell);

  /** At the end of the chunk, unless the last change was only just shown. */
  function schedule(): void {
    if (scheduled) return;
    const turn = {};
    const due = () => {
      if (scheduled === turn) tell();
    };
    scheduled = turn;
    const wait = told + FRAME_MS - performance.now();
    if (wait > 0) setTimeout(due, wait);
    else queueMicrotask(due);
  }

  function take(): void {
    execution = reduceAll(execution, waiting);
    waiting = [];
    if (!retelling) shown = execution;
  }

  function tell(): void {
    scheduled = undefined;
    told = performance.now();
    take();
    for (const entry of [...listeners]) {
      if (!listeners.has(entry)) continue;
      try {
        entry.onChange();
      } catch (error) {
        onError(error);
      }
    }
  }

  const added = {
    executionId,
    execution: () => shown,
    adopt({ viewers }: Execution) {
      take();
      if (!execution) return;
      execution = { ...execution, viewers };
      tell();
    },
    subscribe(onChange: () => void) {
      const entry = { onChange };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
  const { subscribe: _, ...inherited } = Object.getOwnPropertyDescriptors(stream);
  return Object.defineProperties(added, inherited) as unknown as ExecutionStream;
}

function isLive({ status }: ApplicationStream<AgentStreamEvents>): boolean {
  return status.name === "open" && status.live;
}
