import type { Position } from "../frames/position";
import type { Request } from "../request";

/** How to ask for a stream or a page. */
export interface Route {
  readonly path: string;
  readonly request: Request;
}

/** What to ask for, wherever the stream stands. */
export interface Source {
  /** Below the server's URL. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** The source at a path with a query. */
export function sourceAt(url: string): Source {
  const [path = "", query] = url.split("?", 2);
  return { path, query: [...new URLSearchParams(query)] };
}

/** A stream from a position on: an id that was received goes into the header, as the SSE standard has it. */
export function streamRoute(source: Source, { from, asked }: Position): Route {
  const headers = {
    accept: "text/event-stream",
    "last-event-id": asked ? undefined : from,
  };
  const after = asked && from !== undefined ? ([["after", from]] as const) : [];
  return { path: pathOf(source, after), request: { headers } };
}

/** A page from a position on (§3). */
export function pageRoute(source: Source, { from }: Position, waitSeconds: number): Route {
  const after = from === undefined ? [] : ([["after", from]] as const);
  return { path: pathOf(source, [["wait", String(waitSeconds)], ...after]), request: {} };
}

function pathOf({ path, query }: Source, more: Source["query"]): string {
  const parameters = new URLSearchParams([...query, ...more].map(([name, value]) => [name, value]));
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
