import type { AgentEvents, AgentEventType, Execution, Plan, RunStatus } from "./events";

/** A run in a list. */
export interface ExecutionSummary extends Omit<Execution, "steps" | "approvals" | "plan"> {
  readonly plan: Omit<Plan, "phases"> | null;
}

/** What a run's stream carries: its events, or the run so far in their place. */
export interface AgentStreamEvents extends AgentEvents {
  readonly "execution:snapshot": Execution;
}

/** Any event of a run, told apart by its type. */
export type AgentEvent = {
  readonly [Type in AgentEventType]: Typed<Type, AgentEvents[Type]>;
}[AgentEventType];

/** Any event of a run's stream. */
export type AgentStreamEvent = AgentEvent | Typed<"execution:snapshot", Execution>;

interface Typed<Type, Data> {
  readonly type: Type;
  readonly data: Data;
}

const FINAL: ReadonlySet<RunStatus> = new Set(["completed", "failed", "cancelled"]);

/** Whether nothing comes after it. */
export function isOver(status: RunStatus): boolean {
  return FINAL.has(status);
}
