import { type Server, send } from "@freshet/client";

/** A stream as an administrator sees it (openapi.yaml). */
export interface Connection {
  readonly id: string;
  readonly tenant: string;
  readonly subject: string;
  readonly remoteAddress: string;
  readonly transport: "sse" | "page";
  readonly topics: readonly string[];
  readonly types: readonly string[];
  readonly since: string;
  /** Events of the log that it has not looked at yet. */
  readonly lag: number;
  readonly deliveries: number;
  readonly bytes: number;
  readonly writable: boolean;
  /** Why it is over; nothing while it is open. */
  readonly closed?: string | null;
}

export type State = "current" | "lagging" | "stalled" | "closed";

/** In the order in which they are shown. */
export const states: readonly State[] = ["current", "lagging", "stalled", "closed"];

export const stateLabels: Record<State, string> = {
  current: "Current",
  lagging: "Lagging",
  stalled: "Stalled",
  closed: "Closed",
};

export function stateOf({ closed, writable, lag }: Connection): State {
  if (closed != null) return "closed";
  if (!writable) return "stalled";
  return lag > 0 ? "lagging" : "current";
}

const reasons: Readonly<Record<string, string>> = {
  completed: "all that it followed has ended",
  expired: "its token expired",
  revoked: "its grant was withdrawn",
  drain: "the server was stopping",
  closed: "ended by an administrator",
  limit: "it brought as much as was asked for",
  disconnected: "the client went away",
};

/** Why it is over, in words; null while it is open. */
export function reasonOf({ closed }: Connection): string | null {
  if (closed == null) return null;
  return reasons[closed] ?? closed;
}

/** Open ones first; in each part the newest. */
export function compareConnections(a: Connection, b: Connection): number {
  const over = Number(a.closed != null) - Number(b.closed != null);
  return over || Date.parse(b.since) - Date.parse(a.since) || a.id.localeCompare(b.id);
}

/** Whether words are found in who it is or in what it follows. */
export function matches(connection: Connection, find: string): boolean {
  const { id, subject, remoteAddress, transport, topics, types } = connection;
  const texts = [id, subject, remoteAddress, transport, ...topics, ...types];
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => texts.some((text) => text.toLowerCase().includes(word)));
}

/** The tenant's streams: those that are open, and those that closed last. */
export async function readConnections(
  server: Server,
  signal: AbortSignal,
): Promise<readonly Connection[]> {
  const answer = await send(server, "/v1/admin/connections", { signal });
  const { connections } = (await answer.json()) as { connections: readonly Connection[] };
  return connections.toSorted(compareConnections);
}

export async function endConnection(server: Server, id: string): Promise<void> {
  await send(server, `/v1/admin/connections/${encodeURIComponent(id)}`, { method: "DELETE" });
}
