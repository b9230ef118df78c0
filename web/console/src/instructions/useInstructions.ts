import {
  type AgentStatus,
  type FrontendRequest,
  type SessionResponse,
  useSmartEMEventStream,
  useSmartEMQueries,
} from "@freshet/smartem";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useReopenOnSignIn } from "../connection/useReopenOnSignIn";
import { compareInstructions } from "./instruction";

/** A session that is open, or was while this page looked on. */
export interface KnownSession extends SessionResponse {
  readonly open: boolean;
}

/** How agents are, by their names. */
export type Liveness = ReadonlyMap<string, AgentStatus["status"]>;

/**
 * The sessions of agents, or of an acquisition, and their instructions; kept fresh by events.
 *
 * @param request follows this instead: a page's own, whose stream it shares
 */
export function useInstructions(
  acquisition?: string,
  agents: readonly string[] = [],
  request?: FrontendRequest,
) {
  const queries = useSmartEMQueries();
  const [liveness, setLiveness] = useState<Liveness>(new Map());
  const { stream, reopen } = useSmartEMEventStream({
    ...(request ?? { eventTypes: ["agent.status", "instruction.lifecycle"] }),
    onAgentStatus: ({ agent_id: agent, status }) =>
      setLiveness((before) =>
        before.get(agent) === status ? before : new Map(before).set(agent, status),
      ),
  });
  useReopenOnSignIn(reopen);

  const open = useQuery(queries.sessions());
  const sessions = useKnownSessions(open.data?.active_sessions).filter(
    ({ acquisition_uuid: of, agent_id: agent }) =>
      acquisition === undefined
        ? agents.length === 0 || agents.includes(agent)
        : of === acquisition,
  );
  const lists = useQueries({
    queries: sessions.map(({ session_id: session }) => queries.sessionInstructions(session)),
  });
  const isKnown = !open.isPending && !lists.some((list) => list.isPending);
  const all = lists.flatMap(({ data }) =>
    (data?.instructions ?? []).map((each) => ({ ...each, session_id: data?.session_id ?? "" })),
  );
  return {
    stream: stream ?? null,
    reopen,
    sessions,
    liveness,
    /** Newest first; null until all are known. */
    instructions: isKnown ? all.sort(compareInstructions) : null,
    problem: open.error ?? lists.find((list) => list.error !== null)?.error ?? null,
  };
}

/** The server lists open sessions only; those that close stay on this page. */
function useKnownSessions(open: readonly SessionResponse[] | undefined): readonly KnownSession[] {
  const [seen, setSeen] = useState<ReadonlyMap<string, SessionResponse>>(new Map());
  if (open?.some((session) => !seen.has(session.session_id))) {
    setSeen(new Map([...seen, ...open.map((session) => [session.session_id, session] as const)]));
  }
  return useMemo(() => {
    const ids = new Set(open?.map((session) => session.session_id));
    return [...seen.values()].map((session) => ({ ...session, open: ids.has(session.session_id) }));
  }, [seen, open]);
}
