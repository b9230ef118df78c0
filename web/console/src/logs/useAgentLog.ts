import { type ApplicationStream, openApplicationStream } from "@freshet/client";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useSignedIn } from "../session/SessionContext";
import { server } from "../session/session";
import { LogStore } from "./LogStore";
import type { AgentLog } from "./line";

interface LogEvents {
  readonly "agent.log": AgentLog;
  readonly "agent.status": { readonly agent_id: string };
}

/** How many of the newest lines to begin with. */
const backlog = 1_000;

/**
 * The log of agents, of all that the session may see where none are named; for as long as the caller
 * is on screen.
 */
export function useAgentLog(agents?: readonly string[]) {
  const { signIns } = useSignedIn();
  const [opening, setOpening] = useState(0);
  const [stream, setStream] = useState<ApplicationStream<LogEvents> | null>(null);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const key = agents === undefined ? null : JSON.stringify([...agents].sort());
  const store = useMemo(() => newStore(key), [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sign-in and a wish open it again
  useEffect(() => {
    const of = key === null ? null : new Set(JSON.parse(key) as string[]);
    const opened = openApplicationStream<LogEvents>({ ...server, path: pathOf(of) });
    store.begin({ sameLog: true });
    opened.on("stream.open", ({ data }) => {
      if (!data.resumed) store.begin({ sameLog: true });
    });
    opened.on("stream.reset", ({ data: { reason } }) =>
      store.begin({ sameLog: reason !== "epoch" && reason !== "future" }),
    );
    opened.on("stream.live", store.live);
    opened.on("agent.log", ({ data }) => {
      if (of === null || of.has(data.agent_id)) store.push(data);
    });
    opened.on("agent.status", ({ data: { agent_id: id } }) => {
      if (of === null || of.has(id)) setSeen((ids) => (ids.includes(id) ? ids : [...ids, id]));
    });
    setStream(opened);
    return () => opened.close();
  }, [store, key, signIns, opening]);
  const reopen = useCallback(() => setOpening((count) => count + 1), []);
  return { store, agents: agents ?? seen, stream, reopen };
}

function newStore(_key: string | null): LogStore {
  return new LogStore((callback) => requestAnimationFrame(callback));
}

function pathOf(agents: ReadonlySet<string> | null): string {
  const [only] = agents ?? [];
  const query = new URLSearchParams({
    event_types: "agent.log,agent.status",
    log_backlog: String(backlog),
  });
  if (agents?.size === 1 && only !== undefined) query.set("agent_id", only);
  return `frontend/events/stream?${query}`;
}
