import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type {
  AcquisitionGridCountResponse,
  AcquisitionResponse,
  AcquisitionTimelineResponse,
  MicrographResponse,
} from "../api/types";
import type { AcquisitionProgress, ProcessingMetric } from "../events";
import { smartemKeys } from "../queries/keys";
import type { FrontendEvent } from "../stream/recent";
import type { Invalidations } from "./invalidations";
import { extended, isLong } from "./timeline";

/**
 * Makes the cache agree with events: what an event says is written at once, what it only hints at is
 * asked for again.
 */
export function refresh(client: QueryClient, stale: Invalidations): (event: FrontendEvent) => void {
  const seen = new Map<string, AcquisitionProgress>();

  /** An answer that is on its way may be older than the event, so it is asked for once more. */
  function write<Data>(queryKey: QueryKey, change: (cached: Data) => Data): void {
    client.setQueryData<Data>(queryKey, (cached) => cached && change(cached));
    if (client.getQueryState(queryKey)?.fetchStatus === "fetching") stale.add(queryKey, "exact");
  }

  function progress(now: AcquisitionProgress): void {
    const uuid = now.acquisition_uuid;
    const before = seen.get(uuid);
    seen.set(uuid, now);
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

  return (event) => {
    switch (event.type) {
      case "acquisition.progress":
        return progress(event.data);
      case "processing.metric":
        return metric(event.data);
    }
  };
}

/** With the values of those members that are there; the same object where they are the same. */
function overlaid<T extends object>(cached: T, values: object): T {
  const known = Object.entries(values).filter(([name]) => name in cached);
  const isSame = known.every(([name, value]) => cached[name as keyof T] === value);
  return isSame ? cached : { ...cached, ...Object.fromEntries(known) };
}
