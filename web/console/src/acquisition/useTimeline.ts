import { useSmartEMQueries } from "@freshet/smartem";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useNow } from "../ui/useNow";
import { held, type Point, prolonged, toPoints } from "./timeline";

/** How often a line that does not rise grows longer. */
const aliveEveryMs = 5_000;

/** The counters over time; what comes live is written into the query. */
export function useTimeline(uuid: string, current: boolean) {
  const query = useQuery(useSmartEMQueries().timeline(uuid));
  const kept = useMemo(() => {
    const { points = [], interval_minutes: interval = 1 } = query.data ?? {};
    return held(toPoints(points), 2 * interval * 60_000);
  }, [query.data]);
  // The counters hold until the next report, so the lines go on until now.
  const now = Math.floor(useNow() / aliveEveryMs) * aliveEveryMs;
  const until = current ? now : null;
  const points = useMemo<readonly Point[]>(() => prolonged(kept, until), [kept, until]);
  return {
    points,
    reportedAt: kept.at(-1)?.time ?? null,
    failed: query.isError,
    again: () => void query.refetch(),
  };
}
