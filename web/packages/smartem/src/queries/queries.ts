import type { Problem, Server } from "@freshet/client";
import { useServer } from "@freshet/react";
import type { DataTag, QueryFunction, QueryKey, ThrowOnError } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  getAcquisition,
  getAcquisitionGridCounts,
  getAcquisitionGrids,
  getAcquisitionMicrographs,
  getAcquisitions,
  getAcquisitionTimeline,
  getActiveConnections,
  getActiveSessions,
  getConnectionStats,
  getFoilholeMicrographs,
  getGridAtlas,
  getGridGridsquares,
  getGridsquareFoilholes,
  getMicrograph,
  getSessionInstructions,
} from "../api/operations";
import { smartemKeys } from "./keys";

/** A question to the server, as `useQuery` takes it; its key knows what the answer is. */
export interface SmartEMQuery<Data, Key extends QueryKey = QueryKey> {
  readonly queryKey: DataTag<Key, Data, Problem>;
  readonly queryFn: QueryFunction<Data, Key>;
  readonly retry: (failures: number, problem: Problem) => boolean;
  readonly retryDelay: (failures: number, problem: Problem) => number;
  /** Not set; from its type `useQueries` knows that of errors. */
  readonly throwOnError?: ThrowOnError<Data, Problem, Data, Key>;
}

/** What `useQuery` takes for each of the dashboard's questions; see {@link useSmartEMQueries}. */
export type SmartEMQueries = ReturnType<typeof smartemQueries>;

/**
 * The queries of a server, for `useQuery`, `prefetchQuery` and loaders. Errors are `Problem`s; what
 * no repetition heals is not repeated.
 */
export function smartemQueries(server: Server) {
  return {
    acquisitions: () =>
      options(smartemKeys.acquisitions(), (signal) => getAcquisitions(server, { signal })),
    gridCounts: () =>
      options(smartemKeys.gridCounts(), (signal) => getAcquisitionGridCounts(server, { signal })),
    acquisition: (acquisition_uuid: string) =>
      options(smartemKeys.acquisition(acquisition_uuid), (signal) =>
        getAcquisition(server, { path: { acquisition_uuid }, signal }),
      ),
    grids: (acquisition_uuid: string) =>
      options(smartemKeys.grids(acquisition_uuid), (signal) =>
        getAcquisitionGrids(server, { path: { acquisition_uuid }, signal }),
      ),
    gridsquares: (grid_uuid: string) =>
      options(smartemKeys.gridsquares(grid_uuid), (signal) =>
        getGridGridsquares(server, { path: { grid_uuid }, signal }),
      ),
    foilholes: (gridsquare_uuid: string) =>
      options(smartemKeys.foilholes(gridsquare_uuid), (signal) =>
        getGridsquareFoilholes(server, { path: { gridsquare_uuid }, signal }),
      ),
    /** A grid's atlas with its tiles. */
    atlas: (grid_uuid: string) =>
      options(smartemKeys.atlas(grid_uuid), (signal) =>
        getGridAtlas(server, { path: { grid_uuid }, signal }),
      ),
    timeline: (acquisition_uuid: string) =>
      options(smartemKeys.timeline(acquisition_uuid), (signal) =>
        getAcquisitionTimeline(server, { path: { acquisition_uuid }, signal }),
      ),
    /** Those that were added or changed last, newest first. */
    recentMicrographs: (acquisition_uuid: string, limit = 50) =>
      options(smartemKeys.recentMicrographs(acquisition_uuid, limit), (signal) =>
        getAcquisitionMicrographs(server, { path: { acquisition_uuid }, query: { limit }, signal }),
      ),
    micrograph: (micrograph_uuid: string) =>
      options(smartemKeys.micrograph(micrograph_uuid), (signal) =>
        getMicrograph(server, { path: { micrograph_uuid }, signal }),
      ),
    foilholeMicrographs: (foilhole_uuid: string) =>
      options(smartemKeys.foilholeMicrographs(foilhole_uuid), (signal) =>
        getFoilholeMicrographs(server, { path: { foilhole_uuid }, signal }),
      ),
    sessions: () =>
      options(smartemKeys.sessions(), (signal) => getActiveSessions(server, { signal })),
    /** Newest first, with what agents made of them. */
    sessionInstructions: (session_id: string) =>
      options(smartemKeys.sessionInstructions(session_id), (signal) =>
        getSessionInstructions(server, { path: { session_id }, signal }),
      ),
    /** The instruction streams that agents have open. */
    agentConnections: () =>
      options(smartemKeys.agentConnections(), (signal) => getActiveConnections(server, { signal })),
    connectionStats: () =>
      options(smartemKeys.connectionStats(), (signal) => getConnectionStats(server, { signal })),
  };
}

/**
 * The queries of the provider's server.
 *
 * @example
 * const queries = useSmartEMQueries();
 * const { data, error } = useQuery(queries.acquisition(uuid));
 */
export function useSmartEMQueries(): SmartEMQueries {
  const server = useServer();
  return useMemo(() => smartemQueries(server), [server]);
}

function options<Data, Key extends QueryKey>(
  queryKey: Key,
  ask: (signal: AbortSignal) => Promise<Data>,
): SmartEMQuery<Data, Key> {
  return {
    queryKey: queryKey as SmartEMQuery<Data, Key>["queryKey"],
    queryFn: ({ signal }) => ask(signal),
    retry: (failures, problem) => failures < 3 && problem.retryable,
    retryDelay: (failures, problem) =>
      problem.retryAfterMs ?? Math.min(1000 * 2 ** failures, 30_000),
  };
}
