import type { TopicState } from "@freshet/client";
import { parseTime } from "../ui/format";
import { count, record, text } from "../ui/read";
import { decodeSegment } from "../ui/segment";

const livenesses = ["online", "stale", "offline"] as const;
export type Liveness = (typeof livenesses)[number];

/** An agent beside a microscope, as `agent.status` tells it. */
export interface Agent {
  readonly id: string;
  /** Null where the event does not say. */
  readonly instrument: string | null;
  /** Null: not said, or a word that this console does not know. */
  readonly liveness: Liveness | null;
  readonly session: string | null;
  readonly acquisition: string | null;
  readonly heartbeatAt: Date | null;
  readonly connections: number;
}

/** Pattern of the topics that {@link agentsOf} reads. */
export const agentTopic = "instruments/*/agents/*/status";

const topicShape = /^instruments\/([^/]+)\/agents\/([^/]+)\/status$/;

export function toAgent(payload: unknown, instrument: string | null = null, id = ""): Agent {
  const fields = record(payload);
  return {
    id: text(fields["agent_id"]) ?? id,
    instrument,
    liveness: livenesses.find((each) => each === fields["status"]) ?? null,
    session: text(fields["session_id"]),
    acquisition: text(fields["acquisition_uuid"]),
    heartbeatAt: parseTime(fields["last_heartbeat_at"]),
    connections: count(fields["connection_count"]),
  };
}

/** The agents in a stream's states, sorted; states of other topics are left out. */
export function agentsOf(states: ReadonlyMap<string, TopicState>): readonly Agent[] {
  const agents: Agent[] = [];
  for (const [topic, { value }] of states) {
    const [, instrument, id] = topicShape.exec(topic) ?? [];
    if (instrument === undefined || id === undefined) continue;
    const known = instrument === "unknown" ? null : decodeSegment(instrument);
    agents.push(toAgent(value, known, decodeSegment(id)));
  }
  return agents.sort(compareAgents);
}

/** By what they are called, not by how they are: a badge that changes must not move the others. */
export function compareAgents(a: Agent, b: Agent): number {
  return (a.instrument ?? "").localeCompare(b.instrument ?? "") || a.id.localeCompare(b.id);
}
