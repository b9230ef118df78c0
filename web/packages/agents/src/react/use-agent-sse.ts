import type { Problem } from "@freshet/client";
import { type SharedStream, useSharedStream } from "@freshet/react";
import { useRef, useSyncExternalStore } from "react";
import type { Execution } from "../events";
import type { AgentStore } from "../store";
import { type ExecutionRequest, type ExecutionStream, executionSource } from "../stream";
import { useAgentStoreApi } from "./store";

/** Options of {@link useAgentSSE}. */
export interface UseAgentSSEOptions extends ExecutionRequest {
  /** Default true. */
  readonly enabled?: boolean | undefined;
}

/** What {@link useAgentSSE} answers. */
export interface UsedAgentSSE extends Omit<SharedStream<ExecutionStream>, "status"> {
  /** Where the stream stands; `idle` while there is nothing to follow. */
  readonly connection: SharedStream<ExecutionStream>["status"];
  /** Why nothing comes: over for good where the connection has `failed`, else for now. */
  readonly error: Problem | undefined;
  /** The run. A component that reads it renders again whenever it changes, others do not. */
  readonly execution: Execution | undefined;
}

/**
 * Follows a run for as long as the component is mounted, and makes it the store's current one. All
 * who follow the same run share one connection; who joins late has the run so far at once. Parts of
 * it are best read with `useAgentStore` where they are shown.
 *
 * @example
 * const { execution, connection } = useAgentSSE(executionId);
 */
export function useAgentSSE(
  executionId: string | undefined,
  options: UseAgentSSEOptions = {},
): UsedAgentSSE {
  const { enabled = true, ...request } = options;
  const followed = enabled ? executionId : undefined;
  const store = useAgentStoreApi();
  const { status, stream, reopen } = useSharedStream(
    followed ? executionSource(followed, request) : undefined,
    store.show,
  );
  const read = useExecution(store, executionId);
  return {
    connection: status,
    error: errorOf(status),
    stream,
    reopen,
    get execution() {
      return read();
    },
  };
}

function errorOf(status: UsedAgentSSE["connection"]): Problem | undefined {
  if (status.name === "failed") return status.problem;
  return status.name === "retrying" ? status.reason : undefined;
}

/** Reads the run. The component renders again when it changes, once it has read it. */
function useExecution(
  store: AgentStore,
  executionId: string | undefined,
): () => Execution | undefined {
  const isRead = useRef(false);
  const current = () =>
    executionId === undefined ? undefined : store.getState().runs.get(executionId)?.execution;
  useSyncExternalStore(
    store.subscribe,
    () => (isRead.current ? current() : undefined),
    () => undefined,
  );
  return () => {
    isRead.current = true;
    return current();
  };
}
