import type { Json } from "../json";
import { isObject } from "../json";
import { isEqual } from "./equal";
import { PatchFailure } from "./failure";
import { parseIndex, parsePointer } from "./pointer";

/** An operation of RFC 6902. */
export type PatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: Json }
  | { readonly op: "move" | "copy"; readonly from: string; readonly path: string }
  | { readonly op: "remove"; readonly path: string };

type Path = readonly string[];
type Container = readonly Json[] | Readonly<Record<string, Json>>;

/**
 * Applies a JSON Patch (RFC 6902) and returns the new value. The old one is untouched, and the parts
 * that no operation reached are the same objects in both. Throws `PatchFailure` if any operation
 * fails: then nothing was applied. Strict: what must exist does, indices are in range, members are
 * own members.
 */
export function applyPatch(value: Json, patch: readonly PatchOperation[]): Json {
  return patch.reduce<Json>(applyOperation, value);
}

function applyOperation(root: Json, operation: PatchOperation): Json {
  const path = parsePointer(operation.path);
  switch (operation.op) {
    case "add":
      return add(root, path, given(operation));
    case "replace":
      return replace(root, path, given(operation));
    case "remove":
      return remove(root, path);
    case "copy":
      return add(root, path, read(root, parsePointer(operation.from)));
    case "move":
      return move(root, parsePointer(operation.from), path);
    case "test":
      if (isEqual(read(root, path), given(operation))) return root;
      throw new PatchFailure(`'${operation.path}' is not what the patch tests for`);
  }
  throw new PatchFailure(`'${(operation as { op: unknown }).op}' is not an operation`);
}

function given(operation: { readonly value: Json }): Json {
  if (operation.value === undefined) throw new PatchFailure("an operation has no value");
  return operation.value;
}

function add(root: Json, path: Path, value: Json): Json {
  return change(root, path, value, (container, key) => {
    if (!isArray(container)) return { ...container, [key]: value };
    const index = key === "-" ? container.length : parseIndex(key, container.length);
    return container.toSpliced(index, 0, value);
  });
}

function replace(root: Json, path: Path, value: Json): Json {
  return change(root, path, value, (container, key) => withChild(container, key, value));
}

function remove(root: Json, path: Path): Json {
  if (path.length === 0) throw new PatchFailure("the whole value cannot be removed by a patch");
  return change(root, path, root, (container, key) => {
    if (isArray(container)) return container.toSpliced(parseIndex(key, container.length - 1), 1);
    child(container, key);
    const { [key]: _, ...rest } = container;
    return rest;
  });
}

function move(root: Json, from: Path, path: Path): Json {
  if (from.length < path.length && from.every((token, i) => token === path[i])) {
    throw new PatchFailure("a value cannot be moved into itself");
  }
  const value = read(root, from);
  return from.join("/") === path.join("/") ? root : add(remove(root, from), path, value);
}

function read(root: Json, path: Path): Json {
  return path.reduce<Json>((value, token) => child(asContainer(value), token), root);
}

/** Rebuilds the containers on the way to the last one, which `edit` makes anew. */
function change(
  value: Json,
  path: Path,
  whole: Json,
  edit: (container: Container, key: string) => Container,
): Json {
  const [token, ...rest] = path;
  if (token === undefined) return whole;
  const container = asContainer(value);
  if (rest.length === 0) return edit(container, token);
  return withChild(container, token, change(child(container, token), rest, whole, edit));
}

function child(container: Container, key: string): Json {
  if (isArray(container)) return container[parseIndex(key, container.length - 1)] as Json;
  if (Object.hasOwn(container, key)) return container[key] as Json;
  throw new PatchFailure(`there is no member '${key}'`);
}

function withChild(container: Container, key: string, value: Json): Container {
  child(container, key);
  return isArray(container) ? container.with(Number(key), value) : { ...container, [key]: value };
}

function asContainer(value: Json): Container {
  if (isArray(value) || isObject(value)) return value;
  throw new PatchFailure(`${JSON.stringify(value)} has no members`);
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
