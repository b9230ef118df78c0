import { Problem } from "@freshet/client";
import { useQuery } from "@tanstack/react-query";
import { server } from "../session/session";
import { readConnections } from "./connection";

export const connectionsKey = ["connections"] as const;

const everyMs = 2_000;

/** The list of streams, read again and again while the page is on screen. */
export function useConnections() {
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: connectionsKey,
    queryFn: ({ signal }) => readConnections(server, signal),
    refetchInterval: ({ state }) => (isDenied(state.error) ? false : everyMs),
    retry: false,
    gcTime: 0,
  });
  return {
    /** Null until it is known. */
    connections: data ?? null,
    problem: error instanceof Problem ? error : null,
    /** Whether the session lacks the grant. */
    denied: isDenied(error),
    readAt: dataUpdatedAt === 0 ? null : new Date(dataUpdatedAt),
  };
}

/** The server does not tell those who may not read it that there is a list. */
function isDenied(error: unknown): boolean {
  return error instanceof Problem && (error.status === 404 || error.status === 403);
}
