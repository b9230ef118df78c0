import type { Json, JsonObject } from "@freshet/client";

/** What a thought is: on the way, or for the one who asked. */
export type ThoughtKind = "reasoning" | "answer";

/** What became of the question whether a call may run. */
export type Decision = "approved" | "rejected" | "expired";

/** Why a run failed. */
export type ErrorCode =
  | "interrupted"
  | "model_failed"
  | "plan_invalid"
  | "iterations_exceeded"
  | "time_exceeded"
  | "tokens_exceeded"
  | "cost_exceeded"
  | "too_large"
  | "agent_failed";

/** Which model thinks. */
export interface Model {
  readonly name: string;
  readonly provider: string;
  /** Whether it is no model but a script, which screens say wherever they name it. */
  readonly scripted: boolean;
}

/** Where a run is stopped. */
export interface Limits {
  readonly iterations: number;
  readonly seconds: number;
  readonly tokens: number;
  /** In US dollars; null where no price is configured. */
  readonly cost: number | null;
}

/** What a run has used since it began. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  /** In US dollars; null where no price is configured. */
  readonly cost: number | null;
  /** How often the model was asked. */
  readonly iterations: number;
}

/** What an agent means to do. */
export interface Plan {
  readonly goal: string;
  readonly phases: readonly PlannedPhase[];
}

/** One part of a plan. */
export interface PlannedPhase {
  readonly id: string;
  readonly name: string;
}

/** A file that a tool wrote. */
export interface MadeFile {
  /** In the run's directory. */
  readonly path: string;
  readonly bytes: number;
}

/** What the end of a run cut short. */
export interface Open {
  readonly phaseId: string | null;
  readonly thoughtId: string | null;
  readonly callIds: readonly string[];
  readonly approvalIds: readonly string[];
}

/** In place of a string that is too long: its beginning, and where the whole is. */
export interface Reference {
  readonly preview: string;
  readonly bytes: number;
  /** Relative to the run; see `readCallResult` and `readRunResult`. */
  readonly href: string;
}

interface Payload {
  /** ISO 8601. */
  readonly timestamp: string;
}

export interface ExecutionStarted extends Payload {
  readonly executionId: string;
  readonly task: string;
  /** The subject whose run it is. */
  readonly owner: string;
  readonly startedAt: string;
  /** Null where a reporting agent does not say. */
  readonly model: Model | null;
  /** Null for a run that an agent elsewhere reports. */
  readonly limits: Limits | null;
  /** Whether an agent elsewhere reports it. */
  readonly external: boolean;
}

/** The plan, before anything of it is done. */
export interface PlanCreated extends Payload {
  readonly plan: Plan;
}

export interface PhaseStart extends Payload {
  readonly phaseId: string;
  readonly phaseName: string;
  readonly phaseIndex: number;
}

export interface PhaseComplete extends PhaseStart {
  /** Milliseconds. */
  readonly duration: number;
}

interface ThoughtPayload extends Payload {
  readonly thoughtId: string;
  readonly iteration: number;
  readonly kind: ThoughtKind;
}

/** The next piece of a thought. */
export interface ThinkingDelta extends ThoughtPayload {
  /** How many UTF-16 units of it came before. */
  readonly at: number;
  readonly delta: string;
}

/** A thought, whole. */
export interface Thinking extends ThoughtPayload {
  readonly thought: string;
  /** Whether pieces of it came before. */
  readonly streamed: boolean;
}

/** A person is asked whether a call may run. */
export interface ApprovalRequested extends Payload {
  readonly approvalId: string;
  readonly callId: string;
  readonly toolName: string;
  readonly params: JsonObject;
  /** Null if the question stays. */
  readonly expiresAt: string | null;
}

export interface ApprovalResolved extends Payload {
  readonly approvalId: string;
  readonly callId: string;
  readonly decision: Decision;
  /** The subject who decided; null if nobody did. */
  readonly by: string | null;
  readonly reason: string | null;
}

export interface ToolStart extends Payload {
  readonly callId: string;
  readonly toolName: string;
  readonly params: JsonObject;
}

export interface ToolComplete extends Payload {
  readonly callId: string;
  readonly toolName: string;
  readonly status: "succeeded" | "failed";
  readonly result: Json;
  /** A sentence; null unless it failed. */
  readonly error: string | null;
  /** Milliseconds. */
  readonly duration: number;
  readonly files: readonly MadeFile[];
}

/** What was used since the run began. */
export interface UsageUpdated extends Payload {
  readonly usage: Usage;
}

export interface ExecutionComplete extends Payload {
  /** Markdown. */
  readonly result: string | Reference | null;
  /** Milliseconds. */
  readonly duration: number;
  readonly tokensUsed: number;
}

export interface ExecutionError extends Payload {
  /** A sentence for people. */
  readonly error: string;
  readonly code: ErrorCode;
  /** Milliseconds. */
  readonly duration: number;
  readonly open: Open;
}

export interface ExecutionCancelled extends Payload {
  /** The subject who ended it. */
  readonly by: string;
  readonly reason: string | null;
  /** Milliseconds. */
  readonly duration: number;
  readonly open: Open;
}

/** The payloads of a run's events, by type (PROTOCOL.md §8.9). */
export interface AgentEvents {
  readonly "execution:started": ExecutionStarted;
  readonly "plan:created": PlanCreated;
  readonly "phase:start": PhaseStart;
  readonly "thinking:delta": ThinkingDelta;
  readonly thinking: Thinking;
  readonly "approval:requested": ApprovalRequested;
  readonly "approval:resolved": ApprovalResolved;
  readonly "tool:start": ToolStart;
  readonly "tool:complete": ToolComplete;
  readonly "usage:updated": UsageUpdated;
  readonly "phase:complete": PhaseComplete;
  readonly "execution:complete": ExecutionComplete;
  readonly "execution:error": ExecutionError;
  readonly "execution:cancelled": ExecutionCancelled;
}
