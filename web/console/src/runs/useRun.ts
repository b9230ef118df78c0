import {
  type Execution,
  getExecution,
  isOver,
  listFiles,
  useAgentSSE,
  useAgentStoreApi,
} from "@freshet/agents";
import { Problem, type StreamStatus } from "@freshet/client";
import { useServer } from "@freshet/react";
import { useQuery } from "@tanstack/react-query";
import type { TellingStream } from "../connection/ConnectionContext";
import { useReopenOnSignIn } from "../connection/useReopenOnSignIn";

/** What has ended may still be deleted, which no stream tells: so often it is looked. */
const lookEveryMs = 5_000;

/**
 * `unknown`: there is no such run for this session; `gone`: there was one a moment ago; `failed`: the
 * server does not say.
 */
type RunState = "loading" | "known" | "unknown" | "gone" | "failed";

/** A run as it was last known, and whether that is how it is. */
export interface WatchedRun {
  readonly execution: Execution | undefined;
  readonly state: RunState;
  readonly problem: Problem | undefined;
  /** Null until it is opened. */
  readonly stream: TellingStream | null;
  /** Whether what is shown is true now. */
  readonly current: boolean;
  readonly reopen: () => void;
}

/** Follows a run until it has ended, then looks whether it is still there. */
export function useRun(id: string): WatchedRun {
  const { execution, connection, error, stream, reopen } = useAgentSSE(id);
  useReopenOnSignIn(reopen);
  const ended = connection.name === "ended";
  const over = execution !== undefined && isOver(execution.status);
  // A stream that ends before its run does ends because the run is there no longer.
  const cutShort = ended && execution !== undefined && !over;
  // So does one whose run is no longer shared, which looks like a session that was withdrawn.
  const withdrawn = connection.name === "failed" && connection.problem.status === 401;
  const isGone = useGone(id, ended || withdrawn) || cutShort;
  const state = stateOf(execution, isGone, connection.name === "failed" ? error : undefined);
  return {
    execution,
    state,
    problem: error,
    stream: stream ?? null,
    current: state === "known" && (isLive(connection) || (ended && over)),
    reopen,
  };
}

function isLive(connection: StreamStatus | { readonly name: "idle" }): boolean {
  return connection.name === "polling" || (connection.name === "open" && connection.live);
}

function stateOf(
  execution: Execution | undefined,
  isGone: boolean,
  problem: Problem | undefined,
): RunState {
  if (isGone || problem?.status === 404) return execution === undefined ? "unknown" : "gone";
  if (problem !== undefined) return "failed";
  return execution === undefined ? "loading" : "known";
}

/** Whether a run that is not followed any more was deleted, or is not shared any more. */
function useGone(id: string, enabled: boolean): boolean {
  const server = useServer();
  const store = useAgentStoreApi();
  // Who may watch it, the events of a run that is over do not tell.
  const whole = useQuery({
    queryKey: ["run", id, "whole"],
    queryFn: async ({ signal }) => {
      store.adopt(await getExecution(server, id, { signal }));
      return true;
    },
    enabled,
    retry: false,
    gcTime: 0,
  });
  // Its files are little to ask for, where the run may be megabytes.
  const there = useQuery({
    queryKey: ["run", id, "there"],
    queryFn: ({ signal }) => listFiles(server, id, { signal }),
    enabled: enabled && whole.isFetched,
    retry: false,
    gcTime: 0,
    refetchInterval: ({ state }) => (isNotFound(state.error) ? false : lookEveryMs),
  });
  return enabled && (isNotFound(whole.error) || isNotFound(there.error));
}

function isNotFound(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}
