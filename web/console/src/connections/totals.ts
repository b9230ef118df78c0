import type { Rows } from "../rows/RowBuffer";
import { type Entry, isChange } from "../runtime/RuntimeStore";
import { count, record } from "../ui/read";

/** All of a tenant's streams together, at one time. */
export interface Total {
  /** Ms since the epoch. */
  readonly time: number;
  readonly open: number;
  /** Of these, those that are behind, or take nothing. */
  readonly behind: number;
  /** A second. */
  readonly opened: number;
  readonly closed: number;
  readonly deliveries: number;
  readonly bytes: number;
}

/**
 * What the operating runtime's slice `connections` said, oldest first. A snapshot may be as old as
 * the last time that somebody looked, and counts for nothing.
 */
export function totalsOf(changes: Rows<Entry>): readonly Total[] {
  const totals: Total[] = [];
  for (const entry of changes) {
    if (!isChange(entry) || entry.slice !== "connections" || entry.kind === "snapshot") continue;
    totals.push(totalOf(entry.arrived, record(entry.after)));
  }
  return totals;
}

function totalOf(time: number, value: Readonly<Record<string, unknown>>): Total {
  const states = record(value["byState"]);
  const rates = record(value["rates"]);
  return {
    time,
    open: count(value["open"]),
    behind: count(states["lagging"]) + count(states["stalled"]),
    opened: count(rates["opened"]),
    closed: count(rates["closed"]),
    deliveries: count(rates["deliveries"]),
    bytes: count(rates["bytes"]),
  };
}

/** What was last said holds until something else is. */
export function upTo(totals: readonly Total[], now: number): readonly Total[] {
  const last = totals.at(-1);
  return last === undefined || now <= last.time ? totals : [...totals, { ...last, time: now }];
}
