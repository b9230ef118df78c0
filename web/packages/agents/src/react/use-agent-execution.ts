import type { Problem } from "@freshet/client";
import { useLatest, useServer, useSharedStream } from "@freshet/react";
import { useMemo } from "react";
import { useStore } from "zustand";
import { type Commands, commandsOf } from "../commands";
import { isOver } from "../execution";
import { executionSource } from "../stream";
import { useAgentStoreApi } from "./store";

/** Options of {@link useAgentExecution}. */
export interface UseAgentExecutionOptions {
  /** The run that is meant. Default: the store's current one. */
  readonly executionId?: string | undefined;
}

/** What {@link useAgentExecution} answers. */
export interface UsedAgentExecution extends Commands {
  /** The run that is meant. */
  readonly executionId: string | undefined;
  /** Whether a run is being started, or the one that is meant has not ended. */
  readonly isExecuting: boolean;
  /** Why the last command failed. */
  readonly error: Problem | undefined;
}

/**
 * Starts runs, cancels them and answers their questions. Follows the run until it is over, on the
 * connection that `useAgentSSE` has. Renders again when `isExecuting`, `error` or the run that is
 * meant change.
 *
 * @example
 * const { startExecution, isExecuting, error } = useAgentExecution();
 * <button type="button" disabled={isExecuting} onClick={() => startExecution("Summarise data.csv")} />
 */
export function useAgentExecution(options: UseAgentExecutionOptions = {}): UsedAgentExecution {
  const server = useServer();
  const store = useAgentStoreApi();
  const current = useStore(store, (state) => state.currentId);
  const executionId = options.executionId ?? current;
  const status = useStore(store, ({ runs }) => runs.get(executionId ?? "")?.execution?.status);
  const isDone = status !== undefined && isOver(status);
  const latest = useLatest(options.executionId);
  const { state, ...commands } = useMemo(
    () => commandsOf(server, store, () => latest.current ?? store.getState().currentId),
    [server, store, latest],
  );
  const { starting, error } = useStore(state);
  useSharedStream(executionId && !isDone ? executionSource(executionId) : undefined, store.follow);
  const isExecuting = starting > 0 || (status !== undefined && !isDone);
  return { ...commands, executionId, isExecuting, error };
}
