import type { Metric } from "./MetricList";

/** By what micrographs can be told apart. */
export type Dimension = "resolution" | "motion" | "order";

/** May be open to either side: infinite. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A micrograph is in range if it is within all of them. */
export type Brushes = Readonly<Partial<Record<Dimension, Range>>>;

export const noBrushes: Brushes = {};

export function isBrushed(brushes: Brushes): boolean {
  return Object.keys(brushes).length > 0;
}

/** With another range in a dimension, or with none there. */
export function withBrush(brushes: Brushes, dimension: Dimension, range: Range | null): Brushes {
  const { [dimension]: _, ...others } = brushes;
  const open = range === null || (range.from === -Infinity && range.to === Infinity);
  return open ? others : { ...others, [dimension]: range };
}

/** A micrograph without the result in question is not within a range of it. */
export function isInRange(metric: Metric, brushes: Brushes): boolean {
  const { resolution, motion, order } = brushes;
  return (
    (resolution === undefined || isWithin(metric.resolution, resolution)) &&
    (motion === undefined || isWithin(metric.motion, motion)) &&
    // Places in an order are counted: the last one belongs to the range.
    (order === undefined || (metric.order >= order.from && metric.order <= order.to))
  );
}

/** Half open, as bins are: 4 belongs to what begins there. */
function isWithin(value: number | null, { from, to }: Range): boolean {
  return value !== null && value >= from && value < to;
}
