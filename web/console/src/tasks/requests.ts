import { type Server, send, type TaskDetail } from "@freshet/client";
import { newKey } from "../streams/draft";

/** Where a task is, below the server's URL. */
export const taskPath = (id: string): string => `api/v1/tasks/${encodeURIComponent(id)}`;

/** What is to be done, as the server wants to be told. */
export interface NewTask {
  readonly kind: string;
  readonly name?: string;
  readonly params: unknown;
}

/** @param key the same for the same request, however often it is sent */
export async function createTask(server: Server, task: NewTask, key: string): Promise<TaskDetail> {
  const headers = { "idempotency-key": key };
  return detail(await send(server, "api/v1/tasks", { method: "POST", body: task, headers }));
}

export async function readTask(server: Server, id: string, signal: AbortSignal) {
  return detail(await send(server, taskPath(id), { signal }));
}

export async function cancelTask(server: Server, id: string): Promise<TaskDetail> {
  return detail(await send(server, `${taskPath(id)}/cancel`, { method: "POST" }));
}

/** Answers the new task. */
export async function retryTask(server: Server, id: string): Promise<TaskDetail> {
  const headers = { "idempotency-key": newKey() };
  return detail(await send(server, `${taskPath(id)}/retry`, { method: "POST", headers }));
}

export async function deleteTask(server: Server, id: string): Promise<void> {
  await send(server, taskPath(id), { method: "DELETE" });
}

async function detail(answer: Response): Promise<TaskDetail> {
  return (await answer.json()) as TaskDetail;
}
