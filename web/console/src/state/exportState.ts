import type { Json } from "@freshet/client";
import { type Entry, isChange, type RuntimeSnapshot, type Slices } from "../runtime/RuntimeStore";

/** The slices as one document. */
export function valuesOf(slices: Slices): Readonly<Record<string, Json>> {
  return Object.fromEntries([...slices].map(([name, { value }]) => [name, value] as const));
}

/** The slices with their versions, and how they came to be so, oldest first. */
export function exportOf(runtime: string, snapshot: RuntimeSnapshot, at: Date): string {
  const slices = [...(snapshot.slices ?? [])];
  const document = {
    runtime,
    exportedAt: at.toISOString(),
    slices: Object.fromEntries(slices),
    changes: Array.from(snapshot.changes, entryOf),
    olderChangesNotKept: snapshot.dropped,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** An entry without what is there for the page's sake. */
function entryOf(entry: Entry) {
  const timestamp = entry.time?.toISOString() ?? null;
  if (!isChange(entry)) return { kind: entry.kind, timestamp, data: entry.data };
  const { slice, version, kind, cause, patches, before, after } = entry;
  return {
    slice,
    version,
    kind,
    timestamp,
    cause,
    ...(patches === null ? {} : { patches }),
    before: before ?? null,
    after,
  };
}

export function fileName(runtime: string, at: Date): string {
  const name = runtime.replace(/[^\w.-]+/g, "_");
  return `${name}-state-${at.toISOString().slice(0, 19).replaceAll(":", "-")}.json`;
}
