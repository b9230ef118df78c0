import { useServer } from "@freshet/vue";
import {
  type InjectionKey,
  inject,
  onScopeDispose,
  type ShallowRef,
  shallowReadonly,
  shallowRef,
} from "vue";
import type { StoreApi } from "zustand/vanilla";
import { type AgentState, type AgentStore, agentStoreOf } from "../store";

/** Gives the composables a store: `app.provide(AGENT_STORE, createAgentStore({ keep: 5 }))`. */
export const AGENT_STORE: InjectionKey<AgentStore> = Symbol("freshet agents");

/** The store itself, for what is no rendering. One for each server unless one is provided. */
export function useAgentStoreApi(): AgentStore {
  const server = useServer();
  return inject(AGENT_STORE, undefined) ?? agentStoreOf(server);
}

/**
 * What the app knows of its runs, or what a selector takes from it; a ref that changes only when that
 * does.
 *
 * @example
 * const phases = useAgentStore((state) => state.currentExecution?.phases);
 */
export function useAgentStore(): Readonly<ShallowRef<AgentState>>;
export function useAgentStore<Selected>(
  selector: (state: AgentState) => Selected,
): Readonly<ShallowRef<Selected>>;
export function useAgentStore(
  selector: (state: AgentState) => unknown = (state) => state,
): Readonly<ShallowRef<unknown>> {
  return useSelected(useAgentStoreApi(), selector);
}

/** A part of a store, until the scope is disposed. */
export function useSelected<State, Selected>(
  store: Pick<StoreApi<State>, "getState" | "subscribe">,
  selector: (state: State) => Selected,
): Readonly<ShallowRef<Selected>> {
  const selected = shallowRef(selector(store.getState()));
  onScopeDispose(
    store.subscribe((state) => {
      selected.value = selector(state);
    }),
  );
  return shallowReadonly(selected);
}
