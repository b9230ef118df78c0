import { Problem, type Request, type Server, send } from "@freshet/client";

/** What the generated types say of an operation's input; `url` is the operation's own. */
interface Input {
  readonly body?: unknown;
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

/** What goes with any request. */
export interface OperationOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * An operation of the API: takes its path parameters, query and body, and answers what the server
 * does. Rejects with a `Problem`, whose `detail` is the server's; 401 is tried again with a fresh
 * token, as far as the server has a token source.
 */
export type Operation<Data, Responses> = (
  server: Server,
  ...input: Partial<Omit<Data, "url">> extends Omit<Data, "url">
    ? [input?: Omit<Data, "url"> & OperationOptions]
    : [input: Omit<Data, "url"> & OperationOptions]
) => Promise<Responses[keyof Responses]>;

/** An operation by its method and its path, in which `{name}` stands for a path parameter. */
export function operation<Data, Responses>(
  method: string,
  template: string,
): Operation<Data, Responses> {
  return async (server, ...[input = {} as Input & OperationOptions]) => {
    const { path = {}, query = {}, body, signal } = input as Input & OperationOptions;
    const request: Request = { method, body, signal };
    const answer = await send(server, pathOf(template, path) + searchOf(query), request);
    return (await bodyOf(answer)) as Responses[keyof Responses];
  };
}

async function bodyOf(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined;
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = "the server's answer is not JSON";
    throw new Problem({ code: "malformed_answer", title: "Malformed answer", detail }, { cause });
  }
}

function pathOf(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ""));
}

function searchOf(query: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  return search.size === 0 ? "" : `?${search}`;
}
