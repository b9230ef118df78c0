import type { AcquisitionTimelinePoint, AcquisitionTimelineResponse } from "../api/types";
import type { AcquisitionProgress } from "../events";

/**
 * A timeline that goes as far as the progress that was told at a time. Of each interval it keeps the
 * first point, as the server does, and the last.
 */
export function extended(
  timeline: AcquisitionTimelineResponse,
  progress: AcquisitionProgress,
  now: number,
): AcquisitionTimelineResponse {
  const { points, interval_minutes } = timeline;
  const last = points.at(-1);
  const { acquisition_uuid: _, status, ...counts } = progress;
  const point: AcquisitionTimelinePoint = {
    ...counts,
    status: status as AcquisitionTimelinePoint["status"],
    time: new Date(Math.max(now, last ? Date.parse(last.time) : now)).toISOString(),
  };
  const interval = ({ time }: AcquisitionTimelinePoint) =>
    Math.floor(Date.parse(time) / 60_000 / interval_minutes);
  const before = points.at(-2);
  const isBetween =
    before !== undefined &&
    interval(before) === interval(point) &&
    before.status === last?.status &&
    last.status === status;
  return { ...timeline, points: [...(isBetween ? points.slice(0, -1) : points), point] };
}

/** Whether it is time for the server's, which is thinned out. */
export function isLong(timeline: AcquisitionTimelineResponse | undefined): boolean {
  return timeline !== undefined && timeline.points.length > 1500;
}
