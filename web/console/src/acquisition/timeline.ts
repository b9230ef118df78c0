import type { AcquisitionTimelinePoint } from "@freshet/smartem";
import { parseTime } from "../ui/format";

/** How far an acquisition was at a time. */
export interface Point {
  /** Ms since the epoch. */
  readonly time: number;
  readonly grids: number;
  readonly squares: number;
  readonly holes: number;
  readonly micrographs: number;
  readonly status: string;
}

/** A stretch of time with one status. */
export interface Period {
  readonly status: "paused" | "abandoned";
  readonly from: number;
  /** Null: it lasts. */
  readonly to: number | null;
}

/** Points as the server keeps them, in order; those without a readable time are left out. */
export function toPoints(points: readonly AcquisitionTimelinePoint[]): readonly Point[] {
  return points
    .flatMap((point) => {
      const at = parseTime(point.time);
      return at === null ? [] : [toPoint(point, at.getTime())];
    })
    .sort((a, b) => a.time - b.time);
}

function toPoint(point: AcquisitionTimelinePoint, time: number): Point {
  return {
    time,
    grids: point.grid_count,
    squares: point.gridsquare_count,
    holes: point.foilhole_count,
    micrographs: point.micrograph_count,
    status: point.status,
  };
}

/**
 * With a point before each that comes after a silence, because until then the counters held: a line
 * from one report to the next would rise all the while.
 *
 * @param silence ms between two points that are more than the pace at which they are kept
 */
export function held(points: readonly Point[], silence: number): readonly Point[] {
  return points.flatMap((point, at) => {
    const before = points[at - 1];
    if (before === undefined || point.time - before.time <= silence) return [point];
    return [{ ...before, time: point.time - 1 }, point];
  });
}

/** With its last point again at a later time, unless what it tells of is over. */
export function prolonged(points: readonly Point[], until: number | null): readonly Point[] {
  const last = points.at(-1);
  if (last === undefined || until === null || until <= last.time) return points;
  const over = last.status === "completed" || last.status === "abandoned";
  return over ? points : [...points, { ...last, time: until }];
}

/** The periods in which nothing was expected. */
export function periodsOf(points: readonly Point[]): readonly Period[] {
  const changes = points.filter((point, at) => point.status !== points[at - 1]?.status);
  return changes.flatMap(({ status, time }, at) => {
    if (status !== "paused" && status !== "abandoned") return [];
    return [{ status, from: time, to: changes[at + 1]?.time ?? null }];
  });
}
