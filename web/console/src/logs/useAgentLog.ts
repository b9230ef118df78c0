import type { AgentLog, FrontendRequest, FrontendStream } from "@freshet/smartem";
import { useEffect, useMemo, useRef, useState } from "react";
import { useBacklog } from "../connection/useBacklog";
import { useFrontend } from "../connection/useFrontend";
import { useStatus } from "../connection/useStatus";
import { LogStore } from "./LogStore";

/**
 * The log of agents, of all that the session may see where none are named; for as long as the caller
 * is on screen.
 *
 * @param request follows this instead: a page's own, whose stream it shares
 */
export function useAgentLog(agents?: readonly string[], request?: FrontendRequest) {
  const key = agents === undefined ? null : JSON.stringify([...agents].sort());
  const { store, take, only } = useMemo(() => logOf(key), [key]);
  const [backlog, lessen] = useBacklog();
  const [seen, setSeen] = useState<readonly string[]>([]);
  const { stream, reopen } = useFrontend({
    ...(request ?? {
      eventTypes: ["agent.log", "agent.status"],
      agentId: only,
      logBacklog: Math.min(backlog, 1_000),
    }),
    onAgentLog: take,
    onAgentStatus: ({ agent_id: id }) =>
      setSeen((before) => (before.includes(id) ? before : [...before, id])),
  });
  lessen(useStatus(stream));
  useInterruptions(stream, store, take);
  return { key: key ?? "", store, agents: agents ?? seen, stream, reopen };
}

/** A log of its own for each set of agents. */
function logOf(key: string | null) {
  const names = key === null ? null : new Set(JSON.parse(key) as string[]);
  const [only] = names?.size === 1 ? names : [];
  const store = new LogStore((callback) => requestAnimationFrame(callback));
  const take = (log: AgentLog) => {
    if (names?.has(log.agent_id) ?? true) store.push(log);
  };
  return { store, take, only };
}

/** Tells a log where what arrives is not continuous with what it has. */
function useInterruptions(
  stream: FrontendStream | null,
  store: LogStore,
  take: (log: AgentLog) => void,
): void {
  const before = useRef<{ stream: FrontendStream; store: LogStore } | null>(null);
  useEffect(() => {
    if (stream === null) return;
    const known = before.current;
    before.current = { stream, store };
    if (known !== null && known.stream !== stream && known.store === store) {
      store.interrupt({ sameLog: true });
    }
    // The stream of other agents is this one, which goes on: what it began with is asked for again.
    if (known !== null && known.stream === stream && known.store !== store) {
      stream.join((event) => {
        if (event.type === "agent.log") take(event.data);
      })();
    }
    const leave = [
      stream.on("stream.open", ({ data: { resumed } }) => {
        if (!resumed) store.interrupt({ sameLog: true });
      }),
      stream.on("stream.reset", ({ data: { reason } }) =>
        store.interrupt({ sameLog: reason !== "epoch" && reason !== "future" }),
      ),
    ];
    return () => {
      for (const each of leave) each();
    };
  }, [stream, store, take]);
}
