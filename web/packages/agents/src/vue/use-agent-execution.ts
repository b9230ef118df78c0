import type { Problem } from "@freshet/client";
import { useServer, useSharedStream } from "@freshet/vue";
import { type ComputedRef, computed, type MaybeRefOrGetter, toValue } from "vue";
import { type Commands, commandsOf } from "../commands";
import { isOver } from "../execution";
import { type ExecutionStream, executionSource } from "../stream";
import { useAgentStoreApi, useSelected } from "./store";

/** Options of {@link useAgentExecution}. */
export interface UseAgentExecutionOptions {
  /** The run that is meant. Default: the store's current one. */
  readonly executionId?: MaybeRefOrGetter<string | undefined>;
}

/** What {@link useAgentExecution} answers. */
export interface UsedAgentExecution extends Commands {
  /** The run that is meant. */
  readonly executionId: ComputedRef<string | undefined>;
  /** Whether a run is being started, or the one that is meant has not ended. */
  readonly isExecuting: ComputedRef<boolean>;
  /** Why the last command failed. */
  readonly error: ComputedRef<Problem | undefined>;
}

/**
 * Starts runs, cancels them and answers their questions. Follows the run until it is over, on the
 * connection that `useAgentSSE` has.
 *
 * @example
 * const { startExecution, isExecuting, error } = useAgentExecution();
 */
export function useAgentExecution(options: UseAgentExecutionOptions = {}): UsedAgentExecution {
  const store = useAgentStoreApi();
  const known = useSelected(store, (state) => state);
  const executionId = computed(() => toValue(options.executionId) ?? known.value.currentId);
  const isRunning = computed(() => {
    const status = known.value.runs.get(executionId.value ?? "")?.execution?.status;
    return status !== undefined && !isOver(status);
  });
  const { state, ...commands } = commandsOf(useServer(), store, () => executionId.value);
  const done = useSelected(state, (it) => it);
  useSharedStream<ExecutionStream>(
    () => (executionId.value && isRunning.value ? executionSource(executionId.value) : undefined),
    store.follow,
  );
  return {
    ...commands,
    executionId,
    isExecuting: computed(() => done.value.starting > 0 || isRunning.value),
    error: computed(() => done.value.error),
  };
}
