import {
  type Json,
  type JsonObject,
  Problem,
  type Request,
  type Server,
  send,
} from "@freshet/client";
import type { AgentEvents, AgentEventType, Execution, Limits, Model, RunStatus } from "./events";
import type { ExecutionSummary } from "./execution";

/** What goes with any request. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A task for the server's agent. */
export interface ExecuteRequest {
  readonly task: string;
  readonly context?: AgentContext | undefined;
  /** One of those that {@link getAgentModels} answers. Default: the first of them. */
  readonly model?: string | undefined;
  /** Not above the server's, which are the default. */
  readonly limits?: { readonly [Name in keyof Limits]?: number | undefined } | undefined;
}

/** What an agent is given beside its task. */
export interface AgentContext {
  readonly text?: string | undefined;
  /** Put into the run's directory before it begins. */
  readonly files?: readonly { readonly path: string; readonly content: string }[] | undefined;
}

/** Options of {@link executeAgent}. */
export interface ExecuteOptions extends RequestOptions {
  /** 1–128 printable ASCII characters; makes a repetition harmless (`L3`). */
  readonly idempotencyKey?: string | undefined;
}

/** A run that an agent elsewhere reports. */
export interface ReportRequest {
  readonly task: string;
  readonly model?: Model | undefined;
  /** Another than the caller needs a write grant for all runs. */
  readonly owner?: string | undefined;
  /** A run's name where it comes from; used again, it answers that run. */
  readonly externalId?: string | undefined;
}

/** An event to report. What may be left out is then what it is when the event arrives. */
export type NewAgentEvent = {
  readonly [Type in AgentEventType]: {
    readonly type: Type;
    readonly data: Leave<AgentEvents[Type], "timestamp" | "open">;
  };
}[AgentEventType];

type Leave<Data, Names extends string> = Omit<Data, Names> & {
  readonly [Name in keyof Data & Names]?: Data[Name] | undefined;
};

/** Which runs to list. */
export interface ListRequest extends RequestOptions {
  readonly status?: readonly RunStatus[] | undefined;
  readonly limit?: number | undefined;
  /** Of the page before. */
  readonly cursor?: string | undefined;
}

/** Runs, newest first. */
export interface ExecutionPage {
  readonly executions: readonly ExecutionSummary[];
  /** For the next page; null on the last. */
  readonly cursor: string | null;
}

/** A file in a run's directory. */
export interface AgentFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: string;
}

/** A tool call's params and result, whole. */
export interface CallResult {
  readonly params: JsonObject;
  readonly result: Json;
}

/** What the server's agent thinks and works with, and the greatest limits that there are. */
export interface AgentModels {
  readonly models: readonly Model[];
  readonly tools: readonly {
    readonly name: string;
    readonly description: string;
    readonly policy: "auto" | "ask" | "never";
    readonly schema: Json;
  }[];
  readonly limits: Limits;
}

/** The server's agent begins. Rejects with a `Problem`, as all of these do. */
export function executeAgent(
  server: Server,
  request: ExecuteRequest,
  { idempotencyKey, signal }: ExecuteOptions = {},
): Promise<Execution> {
  const headers = { "idempotency-key": idempotencyKey };
  return ask(server, "api/agent/execute", { method: "POST", body: request, headers, signal });
}

/** Begins a run that this program reports. */
export function createExecution(
  server: Server,
  body: ReportRequest,
  { signal }: RequestOptions = {},
): Promise<Execution> {
  return ask(server, "api/agent/executions", { method: "POST", body, signal });
}

/**
 * Reports what happened next, all of it or nothing (`L4`). `after` is the `sequence` that is known;
 * answers the new one. A run that has ended meanwhile is a problem `execution_finished`.
 */
export function reportEvents(
  server: Server,
  executionId: string,
  body: { readonly after: number; readonly events: readonly NewAgentEvent[] },
  { signal }: RequestOptions = {},
): Promise<{ readonly sequence: number }> {
  return ask(server, `${pathOf(executionId)}/events`, { method: "POST", body, signal });
}

export function listExecutions(
  server: Server,
  { status, limit, cursor, signal }: ListRequest = {},
): Promise<ExecutionPage> {
  const query = new URLSearchParams();
  if (status?.length) query.set("status", status.join(","));
  if (limit !== undefined) query.set("limit", String(limit));
  if (cursor !== undefined) query.set("cursor", cursor);
  return ask(server, `api/agent/executions?${query}`, { signal });
}

export function getExecution(
  server: Server,
  executionId: string,
  { signal }: RequestOptions = {},
): Promise<Execution> {
  return ask(server, pathOf(executionId), { signal });
}

/** Ends a run; a problem `execution_finished` where it ended otherwise. */
export function cancelExecution(
  server: Server,
  executionId: string,
  { reason, signal }: RequestOptions & { readonly reason?: string | undefined } = {},
): Promise<Execution> {
  const body = { reason };
  return ask(server, `${pathOf(executionId)}/cancel`, { method: "POST", body, signal });
}

/** Lets a call run, or not; a problem `approval_resolved` where it was decided otherwise. */
export function resolveApproval(
  server: Server,
  executionId: string,
  approvalId: string,
  answer: { readonly decision: "approve" | "reject"; readonly reason?: string | undefined },
  { signal }: RequestOptions = {},
): Promise<Execution> {
  const path = `${pathOf(executionId)}/approvals/${encodeURIComponent(approvalId)}`;
  return ask(server, path, { method: "POST", body: answer, signal });
}

/** Names all who may watch besides the owner; who is left out loses the stream at once. */
export function setViewers(
  server: Server,
  executionId: string,
  viewers: readonly string[],
  { signal }: RequestOptions = {},
): Promise<Execution> {
  const body = { viewers };
  return ask(server, `${pathOf(executionId)}/viewers`, { method: "PUT", body, signal });
}

/** Deletes a run and its files; one that has not ended is cancelled first. */
export async function deleteExecution(
  server: Server,
  executionId: string,
  { signal }: RequestOptions = {},
): Promise<void> {
  await send(server, pathOf(executionId), { method: "DELETE", signal });
}

/** What the run made. */
export async function listFiles(
  server: Server,
  executionId: string,
  { signal }: RequestOptions = {},
): Promise<readonly AgentFile[]> {
  const path = `${pathOf(executionId)}/files`;
  const { files } = await ask<{ readonly files: readonly AgentFile[] }>(server, path, { signal });
  return files;
}

/** A file's content. Treat it as what a stranger wrote. */
export async function readFile(
  server: Server,
  executionId: string,
  path: string,
  { signal }: RequestOptions = {},
): Promise<Blob> {
  const segments = path.split("/").map(encodeURIComponent).join("/");
  const headers = { accept: "*/*" };
  const answer = await send(server, `${pathOf(executionId)}/files/${segments}`, {
    headers,
    signal,
  });
  return answer.blob();
}

/** What references in a tool call's step stand for. */
export function readCallResult(
  server: Server,
  executionId: string,
  callId: string,
  { signal }: RequestOptions = {},
): Promise<CallResult> {
  const path = `${pathOf(executionId)}/results/${encodeURIComponent(callId)}`;
  return ask(server, path, { signal });
}

/** A run's result, whole. */
export async function readRunResult(
  server: Server,
  executionId: string,
  { signal }: RequestOptions = {},
): Promise<string | null> {
  const path = `${pathOf(executionId)}/result`;
  const { result } = await ask<{ readonly result: string | null }>(server, path, { signal });
  return result;
}

export function getAgentModels(
  server: Server,
  { signal }: RequestOptions = {},
): Promise<AgentModels> {
  return ask(server, "api/agent/models", { signal });
}

function pathOf(executionId: string): string {
  return `api/agent/executions/${encodeURIComponent(executionId)}`;
}

async function ask<T>(server: Server, path: string, request: Request): Promise<T> {
  const answer = await send(server, path, request);
  const text = await answer.text();
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    const detail = "the server's answer is not JSON";
    throw new Problem({ code: "malformed_answer", title: "Malformed answer", detail }, { cause });
  }
}
