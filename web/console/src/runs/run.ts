import {
  type Execution,
  isReference,
  type Model,
  type RunStatus,
  type Usage,
} from "@freshet/agents";
import type { Session } from "@freshet/client";
import { formatCount, formatDuration, parseTime, plural } from "../ui/format";

export const statuses = [
  "running",
  "waiting",
  "completed",
  "failed",
  "cancelled",
] as const satisfies readonly RunStatus[];

export const statusLabels: Record<RunStatus, string> = {
  running: "Running",
  waiting: "Waiting",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

const longestTitle = 120;

/** The first line of its task, as far as it fits a heading. */
export function titleOf({ task }: Pick<Execution, "task">): string {
  const [line = ""] = task.trim().split("\n", 1);
  if (line === "") return "Untitled run";
  return line.length > longestTitle ? `${line.slice(0, longestTitle).trimEnd()}…` : line;
}

/** Ms from its start to its end, or until now. */
export function took(
  { startedAt, duration }: Pick<Execution, "startedAt" | "duration">,
  now: number,
): number {
  if (duration !== null) return duration;
  const start = parseTime(startedAt)?.getTime() ?? now;
  return Math.max(0, now - start);
}

/** `240 ms`, `1.5 s`, `2 min 5 s`. */
export function formatTook(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(Math.floor(ms / 100) / 10).toFixed(1)} s` : formatDuration(ms);
}

const dollars = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});

/** How long it has taken so far: in whole seconds, so that it counts evenly. */
export function formatTaken(run: Pick<Execution, "startedAt" | "duration">, now: number): string {
  const ms = took(run, now);
  return run.duration === null ? formatDuration(ms) : formatTook(ms);
}

/** `$0.0123`; a dash where no price is known. */
export function formatCost(cost: number | null): string {
  return cost === null ? "–" : dollars.format(cost);
}

/** `1,200 tokens · $0.02`. */
export function formatUsage({ totalTokens, cost }: Usage): string {
  const tokens = plural(totalTokens, "token");
  return cost === null ? tokens : `${tokens} · ${formatCost(cost)}`;
}

/** What thinks, as far as that is known. */
export function modelName(model: Model | null): string {
  return model === null ? "unknown model" : model.name;
}

/** Whether a session may cancel, answer, share and delete a run; the server has the last word. */
export function mayChange(
  { owner, executionId }: Pick<Execution, "owner" | "executionId">,
  { subject, write }: Pick<Session, "subject" | "write">,
): boolean {
  if (owner === subject) return true;
  const topic = ["$agents", "runs", executionId];
  return write.some((pattern) => covers(pattern.split("/"), topic));
}

/** Wildcards do not cover a first segment that begins with a dollar. */
function covers(pattern: readonly string[], topic: readonly string[]): boolean {
  if (pattern[0] !== topic[0]) return false;
  for (const [at, segment] of pattern.entries()) {
    if (segment === "**") return true;
    if (segment !== "*" && segment !== topic[at]) return false;
  }
  return pattern.length === topic.length;
}

/** Whether a part of a value was too long to be sent with the run. */
export function hasReference(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isReference(value) || Object.values(value).some(hasReference);
}

/** `4 of 12 phases`; empty where there are none. */
export function phasesDone({ phases }: Pick<Execution, "phases">): string {
  if (phases.length === 0) return "";
  const done = phases.filter(({ status }) => status === "completed").length;
  return `${formatCount(done)} of ${plural(phases.length, "phase")}`;
}
