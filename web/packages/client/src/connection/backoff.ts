/** How long to wait between attempts: full jitter over a base that doubles. Immutable. */
export interface Backoff {
  /** Milliseconds. */
  readonly baseMs: number;
  readonly capMs: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** A server may ask for a longer base than the cap, but not for hours. */
const LONGEST_BASE = 600_000;

/** The successor after the server named a base (`retry:`). */
export function withBase(backoff: Backoff, baseMs: number): Backoff {
  return { ...backoff, baseMs: Math.min(baseMs, LONGEST_BASE) };
}

/** Milliseconds to wait after so many failures in a row, from 1 on. */
export function delay({ baseMs, capMs, random }: Backoff, failures: number): number {
  const bound = Math.min(Math.max(baseMs, capMs), baseMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(random() * bound);
}
