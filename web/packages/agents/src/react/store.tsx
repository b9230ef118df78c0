import { useServer } from "@freshet/react";
import { createContext, type ReactNode, use } from "react";
import { useStore } from "zustand";
import { type AgentState, type AgentStore, agentStoreOf } from "../store";

const StoreContext = createContext<AgentStore | undefined>(undefined);

/** Gives the hooks below it a store of its own, such as `createAgentStore({ keep: 5 })`. */
export function AgentStoreProvider(props: {
  readonly store: AgentStore;
  readonly children?: ReactNode;
}): ReactNode {
  return <StoreContext value={props.store}>{props.children}</StoreContext>;
}

/** The store itself, for what is no rendering. One for each `FreshetProvider` unless one is given. */
export function useAgentStoreApi(): AgentStore {
  const server = useServer();
  return use(StoreContext) ?? agentStoreOf(server);
}

/**
 * What the app knows of its runs, or what a selector takes from it; renders again only when that
 * changes.
 *
 * @example
 * const phases = useAgentStore((state) => state.currentExecution?.phases);
 */
export function useAgentStore(): AgentState;
export function useAgentStore<Selected>(selector: (state: AgentState) => Selected): Selected;
export function useAgentStore(
  selector: (state: AgentState) => unknown = (state) => state,
): unknown {
  return useStore(useAgentStoreApi(), selector);
}
