/**
 * The keys under which TanStack Query keeps what the API answered. Each is also the prefix of those
 * that say more: `acquisition(uuid)` covers its grids and its timeline.
 */
export const smartemKeys = {
  all: () => ["smartem"] as const,
  acquisitions: () => ["smartem", "acquisitions"] as const,
  gridCounts: () => ["smartem", "grid-counts"] as const,
  acquisition: (uuid: string) => ["smartem", "acquisition", uuid] as const,
  grids: (acquisitionUuid: string) => ["smartem", "acquisition", acquisitionUuid, "grids"] as const,
  /** Of a grid, or of all. */
  gridsquares: (...of: readonly [gridUuid?: string]) => ["smartem", "gridsquares", ...of] as const,
  /** Of a grid square, or of all. */
  foilholes: (...of: readonly [gridsquareUuid?: string]) =>
    ["smartem", "foilholes", ...of] as const,
  /** A grid's atlas with its tiles. */
  atlas: (gridUuid: string) => ["smartem", "atlas", gridUuid] as const,
  timeline: (acquisitionUuid: string) =>
    ["smartem", "acquisition", acquisitionUuid, "timeline"] as const,
  micrographs: () => ["smartem", "micrographs"] as const,
  micrograph: (uuid: string) => ["smartem", "micrographs", "one", uuid] as const,
  /** Those that were added or changed last. */
  recentMicrographs: (...of: readonly [acquisitionUuid?: string, limit?: number]) =>
    ["smartem", "micrographs", "recent", ...of] as const,
  foilholeMicrographs: (foilholeUuid: string) =>
    ["smartem", "micrographs", "foilhole", foilholeUuid] as const,
  sessions: () => ["smartem", "sessions"] as const,
  sessionInstructions: (sessionId: string) =>
    ["smartem", "sessions", sessionId, "instructions"] as const,
  agentConnections: () => ["smartem", "agent-connections"] as const,
  connectionStats: () => ["smartem", "connection-stats"] as const,
} as const;
