import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type {
  AcquisitionGridCountResponse,
  AcquisitionResponse,
  AcquisitionTimelineResponse,
  AgentConnectionListResponse,
  InstructionListResponse,
  MicrographResponse,
  SessionListResponse,
} from "../api/types";
import type {
  AcquisitionProgress,
  AgentStatus,
  InstructionLifecycle,
  ProcessingMetric,
} from "../events";
import { smartemKeys } from "../queries/keys";
import type { FrontendEvent } from "../stream/recent";
import type { Invalidations } from "./invalidations";
import { extended, isLong } from "./timeline";

/**
 * Makes the cache agree with events: what an event says is written at once, what it only hints at is
 * asked for again.
 */
export function refresh(client: QueryClient, stale: Invalidations): (event: FrontendEvent) => void {
  const acquisitions = new Map<string, AcquisitionProgress>();
  const agents = new Map<string, AgentStatus>();

  /**
   * Writes a part of an answer, which does not make the rest of it fresher: what was stale stays so,
   * and an answer on its way may be older than the event.
   */
  function write<Data>(queryKey: QueryKey, change: (cached: Data) => Data): void {
    const state = client.getQueryState<Data>(queryKey);
    if (state === undefined) return;
    const { data, dataUpdatedAt: updatedAt } = state;
    if (data !== undefined) client.setQueryData<Data>(queryKey, change(data), { updatedAt });
    if (state.isInvalidated || state.fetchStatus === "fetching") stale.add(queryKey, "exact");
  }

  function progress(now: AcquisitionProgress): void {
    const uuid = now.acquisition_uuid;
    const before = acquisitions.get(uuid);
    acquisitions.set(uuid, now);
    write<AcquisitionResponse>(smartemKeys.acquisition(uuid), (it) => overlaid(it, now));
    write<readonly AcquisitionResponse[]>(smartemKeys.acquisitions(), (all) =>
      all.map((it) => (it.uuid === uuid ? overlaid(it, now) : it)),
    );
    write<readonly AcquisitionGridCountResponse[]>(smartemKeys.gridCounts(), (all) =>
      all.map((it) => (it.acquisition_uuid === uuid ? { ...it, grids_total: now.grid_count } : it)),
    );
    write<AcquisitionTimelineResponse>(smartemKeys.timeline(uuid), (it) =>
      extended(it, now, Date.now()),
    );
    if (isLong(client.getQueryData(smartemKeys.timeline(uuid)))) {
      stale.add(smartemKeys.timeline(uuid));
    }
    if (!before) stale.add(smartemKeys.acquisition(uuid));
    if (now.status !== before?.status) {
      stale.add(smartemKeys.acquisition(uuid), "exact");
      stale.add(smartemKeys.acquisitions(), "exact");
    }
    if (now.grid_count !== before?.grid_count) {
      stale.add(smartemKeys.grids(uuid));
      stale.add(smartemKeys.gridCounts());
    }
    if (now.gridsquare_count !== before?.gridsquare_count) stale.add(smartemKeys.gridsquares());
    if (now.foilhole_count !== before?.foilhole_count) stale.add(smartemKeys.foilholes());
    if (now.micrograph_count !== before?.micrograph_count) {
      stale.add(smartemKeys.recentMicrographs(uuid));
    }
  }

  function metric(now: ProcessingMetric): void {
    const { micrograph_uuid: uuid, foilhole_uuid, ...results } = now;
    const within = (all: readonly MicrographResponse[]) =>
      all.map((it) => (it.uuid === uuid ? overlaid(it, results) : it));
    write<MicrographResponse>(smartemKeys.micrograph(uuid), (it) => overlaid(it, results));
    write(smartemKeys.foilholeMicrographs(foilhole_uuid), within);
    for (const [queryKey] of client.getQueriesData({ queryKey: smartemKeys.recentMicrographs() })) {
      write(queryKey, within);
    }
    stale.add(smartemKeys.micrograph(uuid));
    stale.add(smartemKeys.foilholeMicrographs(foilhole_uuid));
    stale.add(smartemKeys.recentMicrographs());
  }

  function lifecycle(now: InstructionLifecycle): void {
    const queryKey = smartemKeys.sessionInstructions(now.session_id);
    write<InstructionListResponse>(queryKey, (list) => ({
      ...list,
      instructions: list.instructions.map((it) =>
        it.instruction_id === now.instruction_id ? overlaid(it, now) : it,
      ),
    }));
    stale.add(queryKey);
    stale.add(smartemKeys.connectionStats());
  }

  function status(now: AgentStatus): void {
    const { agent_id, last_heartbeat_at } = now;
    const before = agents.get(agent_id);
    agents.set(agent_id, now);
    write<SessionListResponse>(smartemKeys.sessions(), (list) => ({
      ...list,
      active_sessions: list.active_sessions.map((it) =>
        it.session_id === now.session_id
          ? overlaid(it, { last_activity_at: last_heartbeat_at })
          : it,
      ),
    }));
    write<AgentConnectionListResponse>(smartemKeys.agentConnections(), (list) => ({
      ...list,
      active_connections: list.active_connections.map((it) =>
        it.agent_id === agent_id ? overlaid(it, { last_heartbeat_at }) : it,
      ),
    }));
    if (before?.session_id !== now.session_id || before?.status !== now.status) {
      stale.add(smartemKeys.sessions(), "exact");
      stale.add(smartemKeys.connectionStats());
    }
    if (before?.connection_count !== now.connection_count) {
      stale.add(smartemKeys.agentConnections());
      stale.add(smartemKeys.connectionStats());
    }
  }

  return (event) => {
    switch (event.type) {
      case "acquisition.progress":
        return progress(event.data);
      case "processing.metric":
        return metric(event.data);
      case "instruction.lifecycle":
        return lifecycle(event.data);
      case "agent.status":
        return status(event.data);
    }
  };
}

/** With the values of those members that are there; the same object where they are the same. */
function overlaid<T extends object>(cached: T, values: object): T {
  const known = Object.entries(values).filter(([name]) => name in cached);
  const isSame = known.every(([name, value]) => cached[name as keyof T] === value);
  return isSame ? cached : { ...cached, ...Object.fromEntries(known) };
}
