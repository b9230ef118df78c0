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
  const status = computed(() => known.value.runs.get(executionId.value ?? "")?.execution?.status);
  const isDone = computed(() => status.value !== undefined && isOver(status.value));
  const { state, ...commands } = commandsOf(useServer(), store, () => executionId.value);
  const asked = useSelected(state, (it) => it);
  useSharedStream<ExecutionStream>(
    () => (executionId.value && !isDone.value ? executionSource(executionId.value) : undefined),
    store.follow,
  );
  return {
    ...commands,
    executionId,
    isExecuting: computed(() => asked.value.starting > 0 || (!!status.value && !isDone.value)),
    error: computed(() => asked.value.error),
  };
}
