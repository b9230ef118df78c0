import { Problem } from "./problem";
import { problemOf } from "./problem-document";
import type { Server } from "./server";

/** A request, before it is known with which token. */
export interface Request {
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** `undefined` is not sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Statuses that are answers rather than failures. */
  readonly accepted?: readonly number[];
}

/** Sends with a token; asks once for a fresh one where it is refused. Rejects with a `Problem`. */
export async function send(server: Server, path: string, request: Request = {}): Promise<Response> {
  const first = await exchange(server, path, request, await tokenOf(server, false));
  const answer =
    first.status === 401 && server.token
      ? await exchange(server, path, request, await tokenOf(server, true))
      : first;
  if (answer.ok || request.accepted?.includes(answer.status)) return answer;
  throw await problemOf(answer);
}

/** The token to send; `undefined` where there is no source. Rejects with a `Problem`. */
export async function tokenOf(server: Server, fresh: boolean): Promise<string | undefined> {
  try {
    return await server.token?.({ fresh });
  } catch (cause) {
    const detail = String(cause);
    throw new Problem({ code: "no_token", title: "The token source failed", detail }, { cause });
  }
}

/** One request and its answer, whatever its status. Rejects with a `Problem`, or as the signal says. */
export async function exchange(
  server: Server,
  path: string,
  request: Request,
  token: string | undefined,
): Promise<Response> {
  request.signal?.throwIfAborted();
  const url = urlOf(server, path);
  try {
    const fetch = server.fetch ?? globalThis.fetch;
    return await fetch(url, {
      method: request.method ?? "GET",
      headers: headersOf(request, token),
      signal: request.signal ?? null,
      cache: "no-store",
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...(server.credentials ? { credentials: server.credentials } : {}),
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw new Problem({ code: "network", title: "No answer", detail: String(cause) }, { cause });
  }
}

function headersOf(request: Request, token: string | undefined): Headers {
  const headers = new Headers({ accept: "application/json" });
  if (request.body !== undefined) {
    headers.set("content-type", request.contentType ?? "application/json");
  }
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (value !== undefined) headers.set(name, value);
  }
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  return headers;
}

/** The server's URL may have a path of its own; what the API names comes below it. */
function urlOf(server: Server, path: string): URL {
  const base = new URL(server.url, globalThis.location?.href);
  base.pathname = base.pathname.replace(/\/*$/, "/");
  const url = new URL(path.replace(/^\//, ""), base);
  if (url.origin === base.origin) return url;
  const detail = `${url.origin} is not the server that the token is for`;
  throw new Problem({ code: "foreign_address", title: "Foreign address", detail });
}
