import type { Range } from "./brush";

/** Bins of one width, fixed so that two acquisitions can be compared. Outside of them are two more. */
export interface Bins extends Range {
  readonly width: number;
  /** Between two numbers at the axis. */
  readonly step: number;
  /** Whether anything can be below. */
  readonly below: boolean;
}

/** Both in Å. What resolves better than 2 Å or worse than 8 Å is rare, and worth seeing as such. */
export const resolutionBins: Bins = { from: 2, to: 8, width: 0.25, step: 1, below: true };
export const motionBins: Bins = { from: 0, to: 50, width: 2, step: 10, below: false };

export function binCount({ from, to, width }: Bins): number {
  return Math.round((to - from) / width);
}

/** How many values are below, in each bin, and above: two more numbers than there are bins. */
export function histogram(values: Iterable<number>, bins: Bins): number[] {
  const counts = new Array<number>(binCount(bins) + 2).fill(0);
  for (const value of values) {
    const at = binOf(value, bins);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** 0 for what is below, then the bins, then what is above. */
function binOf(value: number, bins: Bins): number {
  if (value < bins.from) return 0;
  const count = binCount(bins);
  if (value >= bins.to) return count + 1;
  // A division may come out a hair below the edge that the value lies on.
  return 1 + Math.min(count - 1, Math.floor((value - bins.from) / bins.width + 1e-9));
}

/** What a bin of {@link histogram} holds. */
export function rangeOfBin(at: number, bins: Bins): Range {
  if (at === 0) return { from: -Infinity, to: bins.from };
  if (at > binCount(bins)) return { from: bins.to, to: Infinity };
  return { from: edge(at - 1, bins), to: edge(at, bins) };
}

/** Where a bin's bar is drawn: those outside a little apart, with room for their label. */
export function barPositions(bins: Bins): number[] {
  const inside = Array.from({ length: binCount(bins) }, (_, at) => edge(at, bins) + bins.width / 2);
  return [bins.from - apart(bins), ...inside, bins.to + apart(bins)];
}

/** What is drawn: all bars, and half a bin on both sides. */
export function drawnRange(bins: Bins): Range {
  const margin = apart(bins) + bins.width;
  return { from: bins.below ? bins.from - margin : bins.from, to: bins.to + margin };
}

function apart({ width }: Bins): number {
  return 3 * width;
}

/** Numbers at the axis, and where they stand. */
export function binLabels(bins: Bins): { readonly at: number; readonly label: string }[] {
  const steps = Math.round((bins.to - bins.from) / bins.step);
  const inside = Array.from({ length: steps + 1 }, (_, step) => bins.from + step * bins.step);
  return [
    ...(bins.below ? [{ at: bins.from - apart(bins), label: `<${bins.from}` }] : []),
    ...inside.map((at) => ({ at, label: String(at) })),
    { at: bins.to + apart(bins), label: `≥${bins.to}` },
  ];
}

/** A stretch of the drawing as the bins that it touches. */
export function snapToBins({ from, to }: Range, bins: Bins): Range {
  const low = bins.from + Math.floor((from - bins.from) / bins.width + 1e-9) * bins.width;
  const high = bins.from + Math.ceil((to - bins.from) / bins.width - 1e-9) * bins.width;
  return {
    from: from < bins.from ? -Infinity : rounded(Math.min(low, bins.to)),
    to: to > bins.to ? Infinity : rounded(Math.max(high, bins.from)),
  };
}

function edge(at: number, bins: Bins): number {
  return rounded(bins.from + at * bins.width);
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
