import type { Json, JsonObject } from "@freshet/client";
import type {
  AgentEvents,
  Decision,
  ErrorCode,
  Limits,
  MadeFile,
  Model,
  Plan,
  Reference,
  ThoughtKind,
  Usage,
} from "./events";

/** Where a run stands; the last three are final. `waiting`: for an approval. */
export type RunStatus = "running" | "waiting" | "completed" | "failed" | "cancelled";

/** Where a tool call stands. */
export type CallStatus =
  | "waiting"
  | "approved"
  | "rejected"
  | "expired"
  | "running"
  | "succeeded"
  | "failed"
  | "cancelled";

/** A part of a run. */
export interface Phase {
  readonly id: string;
  readonly name: string;
  /** Counts from 0. */
  readonly index: number;
  readonly status: "pending" | "running" | "completed" | "failed" | "cancelled";
  readonly startedAt: string | null;
  /** Milliseconds; null until it is completed. */
  readonly duration: number | null;
}

/** What an agent thought. */
export interface ThinkingStep {
  readonly kind: "thinking";
  readonly thoughtId: string;
  /** The phase that was open when it began; null if none was. */
  readonly phaseId: string | null;
  readonly iteration: number;
  /** What kind of thought. */
  readonly thinking: ThoughtKind;
  readonly text: string;
  readonly status: "running" | "completed" | "cancelled";
  readonly startedAt: string;
}

/** A tool that an agent called. */
export interface ToolStep {
  readonly kind: "tool";
  readonly callId: string;
  /** The phase that was open when it began; null if none was. */
  readonly phaseId: string | null;
  readonly toolName: string;
  readonly params: JsonObject;
  readonly status: CallStatus;
  readonly result: Json;
  /** A sentence; null unless it failed. */
  readonly error: string | null;
  /** Null until it runs. */
  readonly startedAt: string | null;
  /** Milliseconds; null until it has run. */
  readonly duration: number | null;
  readonly files: readonly MadeFile[];
}

/** What an agent did: thought, or called a tool. */
export type Step = ThinkingStep | ToolStep;

/** A question whether a call may run. */
export interface Approval {
  readonly approvalId: string;
  readonly callId: string;
  readonly toolName: string;
  readonly params: JsonObject;
  readonly requestedAt: string;
  /** Null if the question stays. */
  readonly expiresAt: string | null;
  /** Null until it is resolved. */
  readonly decision: Decision | null;
  /** The subject who decided; null if nobody did. */
  readonly by: string | null;
  readonly reason: string | null;
}

/** A run as it stands: what its events reduce to (PROTOCOL.md §8.9). Immutable. */
export interface Execution {
  readonly executionId: string;
  readonly task: string;
  /** The subject whose run it is. */
  readonly owner: string;
  /** Who may watch it besides the owner; no event's doing. */
  readonly viewers: readonly string[];
  readonly status: RunStatus;
  readonly model: Model | null;
  readonly limits: Limits | null;
  /** Whether an agent elsewhere reports it. */
  readonly external: boolean;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly plan: Plan | null;
  /** The plan's, or those that were started where there is no plan. */
  readonly phases: readonly Phase[];
  /** The id of the phase that is open. */
  readonly currentPhase: string | null;
  /** In the order in which they began. */
  readonly steps: readonly Step[];
  readonly approvals: readonly Approval[];
  readonly usage: Usage;
  /** Each path once, with its newest size. */
  readonly files: readonly MadeFile[];
  /** Markdown. */
  readonly result: string | Reference | null;
  /** Why it failed. */
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  /** Who ended it. */
  readonly cancelled: { readonly by: string; readonly reason: string | null } | null;
  /** Milliseconds. */
  readonly duration: number | null;
  /** How many events it reduces. */
  readonly sequence: number;
}

/** A run in a list. */
export interface ExecutionSummary extends Omit<Execution, "steps" | "approvals" | "plan"> {
  readonly plan: Omit<Plan, "phases"> | null;
}

/** The types of a run's events. */
export type AgentEventType = keyof AgentEvents;

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

/** Whether a value of `params` or of a result stands for a longer string. */
export function isReference(value: unknown): value is Reference {
  if (typeof value !== "object" || value === null) return false;
  const { preview, bytes, href, ...rest } = value as Partial<Reference>;
  return (
    typeof preview === "string" &&
    typeof bytes === "number" &&
    typeof href === "string" &&
    Object.keys(rest).length === 0
  );
}
