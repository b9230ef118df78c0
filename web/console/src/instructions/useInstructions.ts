import type { AgentStatus, InstructionLifecycle } from "@freshet/smartem";
import { type QueryClient, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useFrontend } from "../connection/useFrontend";
import {
  type AgentSession,
  compareInstructions,
  type Instruction,
  instructionsOf,
  openSessions,
} from "./instruction";

/** What was asked for is asked for again at most this often, whatever happens. */
const againMs = 300;

const sessionsKey = ["sessions"];
const instructionsKey = (session: string) => ["instructions", session];

/** A session that is open, or was while this page looked on. */
export interface KnownSession extends AgentSession {
  readonly open: boolean;
}

/** How agents are, by their names. */
export type Liveness = ReadonlyMap<string, AgentStatus["status"]>;

/** The sessions of agents, or of an acquisition, and their instructions; kept current by events. */
export function useInstructions(acquisition?: string, agents: readonly string[] = []) {
  const queries = useQueryClient();
  const again = useAgain(queries);
  const [liveness, setLiveness] = useState<Liveness>(new Map());
  const { stream, reopen } = useFrontend({
    eventTypes: ["agent.status", "instruction.lifecycle"],
    onAgentStatus: ({ agent_id: agent, status }) => {
      setLiveness((before) => new Map(before).set(agent, status));
      again(sessionsKey);
    },
    onInstructionLifecycle: (event) => {
      queries.setQueryData<readonly Instruction[]>(instructionsKey(event.session_id), (list) =>
        list?.map((each) => changed(each, event)),
      );
      again(instructionsKey(event.session_id));
    },
  });
  useEffect(() => {
    // What happened while nobody was told.
    return stream?.on("stream.live", () => {
      again(sessionsKey);
      again(["instructions"]);
    });
  }, [stream, again]);

  const listed = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => openSessions(signal),
    select: (all) => all.filter((session) => isAbout(session, acquisition, agents)),
  });
  const sessions = useKnownSessions(listed.data);
  const lists = useQueries({
    queries: sessions.map(({ session_id: session }) => ({
      queryKey: instructionsKey(session),
      queryFn: ({ signal }: { signal: AbortSignal }) => instructionsOf(session, signal),
    })),
  });
  return {
    stream,
    reopen,
    sessions,
    liveness,
    /** Null until all are known. */
    instructions:
      listed.isPending || lists.some((list) => list.isPending)
        ? null
        : lists.flatMap((list) => list.data ?? []).sort(compareInstructions),
    error: listed.error ?? lists.find((list) => list.error !== null)?.error ?? null,
    /** Asks for a session's instructions now. */
    refresh: (session: string) => queries.invalidateQueries({ queryKey: instructionsKey(session) }),
  };
}

function isAbout(
  { acquisition_uuid, agent_id }: AgentSession,
  acquisition: string | undefined,
  agents: readonly string[],
): boolean {
  if (acquisition === undefined) return agents.length === 0 || agents.includes(agent_id);
  return acquisition_uuid === acquisition;
}

/** The event knows less than the list, but knows it first. */
function changed(instruction: Instruction, event: InstructionLifecycle): Instruction {
  return instruction.instruction_id === event.instruction_id
    ? { ...instruction, ...event }
    : instruction;
}

/** The server lists open sessions only; those that close stay on this page. */
function useKnownSessions(open: readonly AgentSession[] | undefined): readonly KnownSession[] {
  const [seen, setSeen] = useState<ReadonlyMap<string, AgentSession>>(new Map());
  const isNew = open?.some((session) => !seen.has(session.session_id));
  if (open !== undefined && isNew) {
    setSeen(new Map([...seen, ...open.map((session) => [session.session_id, session] as const)]));
  }
  return useMemo(() => {
    const ids = new Set(open?.map((session) => session.session_id));
    return [...seen.values()].map((session) => ({ ...session, open: ids.has(session.session_id) }));
  }, [seen, open]);
}

/** Asks again for what has changed, once for many changes. */
function useAgain(queries: QueryClient): (key: readonly string[]) => void {
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const timers = waiting.current;
    return () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    };
  }, []);
  return useMemo(
    () => (queryKey) => {
      const name = JSON.stringify(queryKey);
      if (waiting.current.has(name)) return;
      const ask = () => {
        waiting.current.delete(name);
        void queries.invalidateQueries({ queryKey });
      };
      waiting.current.set(name, setTimeout(ask, againMs));
    },
    [queries],
  );
}
