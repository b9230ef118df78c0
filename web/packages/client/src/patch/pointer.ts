import type { Json } from "../json";
import { isObject } from "../json";
import { PatchFailure } from "./failure";

/**
 * The reference tokens of a JSON Pointer (RFC 6901). Refuses `__proto__`, which no state needs and
 * careless code downstream could stumble over.
 */
export function parsePointer(pointer: string): readonly string[] {
  if (typeof pointer !== "string") throw new PatchFailure("a path is not a string");
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) throw new PatchFailure(`path '${pointer}' does not begin with '/'`);
  return pointer.slice(1).split("/").map(unescapeToken);
}

function unescapeToken(token: string): string {
  if (/~(?![01])/.test(token)) throw new PatchFailure(`'~' without 0 or 1 in '${token}'`);
  const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
  if (name === "__proto__") throw new PatchFailure("'__proto__' is not a member");
  return name;
}

/** An array index as RFC 6901 writes it; `end` is the highest that is allowed. */
export function parseIndex(token: string, end: number): number {
  const index = /^(?:0|[1-9]\d*)$/.test(token) ? Number(token) : Number.NaN;
  if (!(index <= end)) throw new PatchFailure(`'${token}' is not an index from 0 to ${end}`);
  return index;
}

/**
 * What a JSON Pointer names in a value; `undefined` where there is nothing. Throws where it is no
 * pointer.
 */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  return parsePointer(pointer).reduce(member, value);
}

function member(value: Json | undefined, token: string): Json | undefined {
  if (Array.isArray(value))
    return /^(?:0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  return isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}
