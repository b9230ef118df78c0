/** What many numbers have in common. */
export interface Summary {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly ninetieth: number;
  readonly max: number;
}

/** Null of nothing. */
export function summarise(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    min: quantile(sorted, 0),
    median: quantile(sorted, 0.5),
    ninetieth: quantile(sorted, 0.9),
    max: quantile(sorted, 1),
  };
}

/** Between neighbours in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
