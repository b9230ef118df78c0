import { type Bins, motionBins, resolutionBins } from "./histogram";
import type { Metric } from "./MetricList";

/** What processing measures of a micrograph and is drawn here. */
export type Measure = "resolution" | "motion";

export interface MeasureLook {
  readonly title: string;
  readonly axisLabel: string;
  readonly bins: Bins;
  readonly of: (metric: Metric) => number | null;
  readonly format: (value: number) => string;
  /** What the drawing of single values always covers. */
  readonly least: readonly [from: number, to: number];
}

const twoDigits = new Intl.NumberFormat("en", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const oneDigit = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

export const measures: Record<Measure, MeasureLook> = {
  resolution: {
    title: "CTF resolution",
    axisLabel: "CTF resolution (Å)",
    bins: resolutionBins,
    of: (metric) => metric.resolution,
    format: (value) => twoDigits.format(value),
    least: [1.5, 8],
  },
  motion: {
    title: "Total motion",
    axisLabel: "Total motion (Å)",
    bins: motionBins,
    of: (metric) => metric.motion,
    format: (value) => oneDigit.format(value),
    least: [0, 20],
  },
};
