import type { Json, JsonObject } from "./json";
import type { PatchOperation } from "./patch/apply";
import { Problem } from "./problem";
import { send } from "./request";
import type { Server } from "./server";

/** A topic's value as it was read. */
export interface ReadState<T = Json> {
  readonly topic: string;
  readonly value: T;
  readonly version: number;
  /** The log's position at which it was read. */
  readonly position: string | undefined;
}

/** What a write made of a topic. */
export interface WrittenState {
  readonly topic: string;
  readonly version: number;
  readonly position: string;
}

/** Conditions and company of a write (§5). */
export interface WriteOptions {
  /** The version that the topic must have; 0: none. Otherwise the write is refused, 412 `version_mismatch` (`S2`). */
  readonly base?: number;
  /** Who or what caused the change. */
  readonly cause?: { readonly type: string; readonly id?: string };
  /** Whether the topic ends with this change (§5.3). */
  readonly end?: boolean;
  readonly signal?: AbortSignal;
}

/** Reads a topic's value; `undefined` where it has none, or none that the caller may read. */
export async function getState<T = Json>(
  server: Server,
  topic: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ReadState<T> | undefined> {
  const answer = await send(server, statePath(topic), {
    signal: options.signal,
    accepted: [404],
  });
  if (answer.status === 404) return undefined;
  const value = (await answer.json()) as T;
  const position = answer.headers.get("freshet-position") ?? undefined;
  return { topic, value, version: versionOf(answer), position };
}

/** Sets a topic's value. Where it is what the topic holds, nothing changes (`S5`). */
export function putState(
  server: Server,
  topic: string,
  value: unknown,
  options: WriteOptions = {},
): Promise<WrittenState> {
  return write(server, topic, options, "PUT", "application/json", value);
}

/** Changes a topic's value: an array is a JSON Patch (RFC 6902), an object a merge patch (RFC 7396). */
export function patchState(
  server: Server,
  topic: string,
  patch: readonly PatchOperation[] | JsonObject,
  options: WriteOptions = {},
): Promise<WrittenState> {
  const kind = Array.isArray(patch) ? "json-patch" : "merge-patch";
  return write(server, topic, options, "PATCH", `application/${kind}+json`, patch);
}

/** Removes a topic's value. A value that is written later goes on from its version (§5.2). */
export async function deleteState(
  server: Server,
  topic: string,
  options: WriteOptions = {},
): Promise<void> {
  await send(server, statePath(topic, options), { method: "DELETE", ...conditions(options) });
}

async function write(
  server: Server,
  topic: string,
  options: WriteOptions,
  method: string,
  contentType: string,
  body: unknown,
): Promise<WrittenState> {
  const answer = await send(server, statePath(topic, options), {
    method,
    body,
    contentType,
    ...conditions(options),
  });
  return (await answer.json()) as WrittenState;
}

function conditions({ base, cause, signal }: WriteOptions) {
  const headers = {
    "if-match": base ? `"${base}"` : undefined,
    "if-none-match": base === 0 ? "*" : undefined,
    "freshet-cause-type": cause?.type,
    "freshet-cause-id": cause?.id,
  };
  return { headers, signal };
}

/** Topics hold characters that URLs allow in a path, except that `+` and `%` need care; so each segment is encoded. */
function statePath(topic: string, options: WriteOptions = {}): string {
  const path = topic.split("/").map(encodeURIComponent).join("/");
  return `v1/state/${path}${options.end ? "?end=true" : ""}`;
}

/** A proxy that compresses makes the tag weak; the version is the same. */
function versionOf(answer: Response): number {
  const tag = /^(?:W\/)?"(\d+)"$/.exec(answer.headers.get("etag") ?? "");
  if (tag?.[1]) return Number(tag[1]);
  const detail = "no version in ETag; across origins the server must expose it";
  throw new Problem({ code: "malformed_answer", title: "Malformed answer", detail });
}
