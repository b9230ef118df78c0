import type { Problem } from "@freshet/client";
import { type SharedStream, useSharedStream } from "@freshet/vue";
import { type ComputedRef, computed, type MaybeRefOrGetter, toValue } from "vue";
import type { Execution } from "../events";
import { type ExecutionRequest, type ExecutionStream, executionSource } from "../stream";
import { useAgentStoreApi, useSelected } from "./store";

/** Options of {@link useAgentSSE}. */
export interface UseAgentSSEOptions extends ExecutionRequest {
  /** Default true. */
  readonly enabled?: MaybeRefOrGetter<boolean | undefined>;
}

/** What {@link useAgentSSE} answers. */
export interface UsedAgentSSE extends Omit<SharedStream<ExecutionStream>, "status"> {
  /** The run. Shallow: replaced whole, with the parts that did not change. */
  readonly execution: ComputedRef<Execution | undefined>;
  /** Where the stream stands; `idle` while there is nothing to follow. */
  readonly connection: SharedStream<ExecutionStream>["status"];
  /** Why nothing comes: over for good where the connection has `failed`, else for now. */
  readonly error: ComputedRef<Problem | undefined>;
}

/**
 * Follows a run until the scope is disposed, and makes it the store's current one. All who follow the
 * same run share one connection; who joins late has the run so far at once.
 *
 * @example
 * const { execution, connection } = useAgentSSE(() => props.executionId);
 */
export function useAgentSSE(
  executionId: MaybeRefOrGetter<string | undefined>,
  { enabled = true, ...request }: UseAgentSSEOptions = {},
): UsedAgentSSE {
  const store = useAgentStoreApi();
  const { status, stream, reopen } = useSharedStream<ExecutionStream>(() => {
    const followed = toValue(enabled) === false ? undefined : toValue(executionId);
    return followed ? executionSource(followed, request) : undefined;
  }, store.show);
  const runs = useSelected(store, (state) => state.runs);
  return {
    execution: computed(() => runs.value.get(toValue(executionId) ?? "")?.execution),
    connection: status,
    error: computed(() => {
      if (status.value.name === "failed") return status.value.problem;
      return status.value.name === "retrying" ? status.value.reason : undefined;
    }),
    stream,
    reopen,
  };
}
