import { createContext, useContext, useSyncExternalStore } from "react";
import type { SessionStore } from "./SessionStore";
import type { SessionState } from "./sessionState";

const SessionContext = createContext<SessionStore | null>(null);

export const SessionProvider = SessionContext;

export function useSessionStore(): SessionStore {
  const store = useContext(SessionContext);
  if (store === null) throw new Error("outside a SessionProvider");
  return store;
}

export function useSessionState(): SessionState {
  const store = useSessionStore();
  return useSyncExternalStore(store.subscribe, store.state);
}

/** Who is signed in, or was until the session ended; for pages, which are only shown then. */
export function useSignedIn(): Extract<SessionState, { kind: "in" | "ended" }> {
  const state = useSessionState();
  if (state.kind !== "in" && state.kind !== "ended") throw new Error("nobody is signed in");
  return state;
}
