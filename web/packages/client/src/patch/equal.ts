import { isObject, type Json } from "../json";

/** Below this depth parts are taken as they come; a state so deep gains nothing from sharing. */
const DEEPEST = 100;

/** Whether two JSON values are the same; the order of members does not count. */
export function isEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key] as Json, b[key] as Json))
  );
}

/** `next`, with each part that is equal to what `previous` has in its place taken from `previous`. */
export function share(previous: Json | undefined, next: Json, depth = 0): Json {
  if (previous === next || depth > DEEPEST) return next;
  if (Array.isArray(previous) && Array.isArray(next)) {
    const items = next.map((item, i) => share(previous[i], item, depth + 1));
    return items.length === previous.length && items.every((item, i) => item === previous[i])
      ? previous
      : items;
  }
  if (!isObject(previous) || !isObject(next)) return next;
  return shareMembers(previous as JsonMembers, next as JsonMembers, depth + 1);
}

type JsonMembers = Readonly<Record<string, Json>>;

function shareMembers(previous: JsonMembers, next: JsonMembers, depth: number): Json {
  const names = Object.keys(next);
  const old = (name: string) => (Object.hasOwn(previous, name) ? previous[name] : undefined);
  const members = names.map((name) => [name, share(old(name), next[name] as Json, depth)] as const);
  return names.length === Object.keys(previous).length &&
    members.every(([name, value]) => value === old(name))
    ? previous
    : Object.fromEntries(members);
}
