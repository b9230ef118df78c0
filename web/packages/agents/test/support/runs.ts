import type { AgentEvent, AgentEvents, AgentEventType, Execution } from "../../src/core";
import { reduceAll } from "../../src/core";

const START = Date.parse("2026-01-05T10:00:00.000Z");

/** A time of the day on which all runs in tests are. */
const at = (ms: number): string => new Date(START + ms).toISOString();

/** An event, so many milliseconds after the run began. */
export function event<Type extends AgentEventType>(
  type: Type,
  data: Omit<AgentEvents[Type], "timestamp">,
  ms = 0,
): AgentEvent {
  return { type, data: { timestamp: at(ms), ...data } } as unknown as AgentEvent;
}

export const started = (executionId = "r1", task = "Count"): AgentEvent =>
  event("execution:started", {
    executionId,
    task,
    owner: "ann",
    startedAt: at(0),
    model: { name: "scripted", provider: "freshet", scripted: true },
    limits: { iterations: 20, seconds: 600, tokens: 100_000, cost: null },
    external: false,
  });

export const delta = (thoughtId: string, from: number, text: string, ms = 0): AgentEvent =>
  event(
    "thinking:delta",
    { thoughtId, iteration: 1, kind: "reasoning", at: from, delta: text },
    ms,
  );

export const thought = (thoughtId: string, text: string, ms = 0): AgentEvent =>
  event(
    "thinking",
    { thoughtId, iteration: 1, kind: "reasoning", thought: text, streamed: true },
    ms,
  );

export const completed = (result = "done", ms = 0): AgentEvent =>
  event("execution:complete", { result, duration: ms, tokensUsed: 7 }, ms);

/** What events are reduced to, where they begin a run. */
export function runOf(...events: readonly AgentEvent[]): Execution {
  const run = reduceAll(undefined, events);
  if (!run) throw new Error("no run");
  return run;
}

/** Freezes a value and all that it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

/** An event as a frame, at a position. */
export const frame = ({ type, data }: AgentEvent, id: string) => [type, data, id] as const;

/** A run so far as a frame. */
export const snapshot = (...events: readonly AgentEvent[]) =>
  ["execution:snapshot", runOf(...events)] as const;
