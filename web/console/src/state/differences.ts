import type { Json } from "@freshet/client";

/** A part that differs between two values; `undefined` where it is not there. */
export interface Difference {
  /** JSON Pointer; empty for the whole. */
  readonly pointer: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** The smallest parts that differ, in order; at most so many. What is the same object is not looked into. */
export function differences(
  before: Json | undefined,
  after: Json | undefined,
  most = 200,
): readonly Difference[] {
  const found: Difference[] = [];
  collect("", before, after);
  return found;

  function collect(pointer: string, old: Json | undefined, now: Json | undefined): void {
    if (old === now || found.length >= most) return;
    if (!isContainer(old) || !isContainer(now) || Array.isArray(old) !== Array.isArray(now)) {
      found.push({ pointer, before: old, after: now });
      return;
    }
    for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
      collect(`${pointer}/${escapeName(name)}`, memberOf(old, name), memberOf(now, name));
    }
  }
}

type Container = Readonly<Record<string, Json>>;

/** Lists are read by their indices. */
export function isContainer(value: Json | undefined): value is Container {
  return typeof value === "object" && value !== null;
}

function memberOf(value: Container, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function escapeName(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
