import type { Json } from "../../src/json";
import type { PatchOperation } from "../../src/patch/apply";
import { isEqual } from "../../src/patch/equal";

/** RFC 6902 as plainly as can be: changes the value in place. */
export function applyMutably(value: Json, patch: readonly PatchOperation[]): Json {
  const holder: Record<string, Json> = { root: value };
  for (const operation of patch) applyOne(holder, operation);
  return holder["root"] as Json;
}

function applyOne(holder: Box, it: PatchOperation): void {
  switch (it.op) {
    case "test":
      if (!isEqual(read(holder, it.path), it.value)) throw new Error("test");
      break;
    case "add":
    case "replace":
      put(holder, it.path, structuredClone(it.value), it.op === "add");
      break;
    case "copy":
      put(holder, it.path, structuredClone(read(holder, it.from)), true);
      break;
    case "move":
      move(holder, it.from, it.path);
      break;
    case "remove":
      remove(holder, it.path);
  }
}

function move(holder: Box, from: string, path: string): void {
  if (path.startsWith(`${from}/`)) throw new Error("into itself");
  const moved = read(holder, from);
  if (path === from) return;
  remove(holder, from);
  put(holder, path, moved, true);
}

type Box = Record<string, Json> | Json[];

function locate(holder: Box, path: string): [Box, string] {
  const tokens = ["root", ...path.split("/").slice(1)].map((it) =>
    it.replaceAll("~1", "/").replaceAll("~0", "~"),
  );
  if (tokens.includes("__proto__")) throw new Error("proto");
  const key = tokens.pop() as string;
  return [tokens.reduce<Box>((box, it) => get(box, it) as Box, holder), key];
}

function get(box: Box, key: string): Json {
  if (typeof box !== "object" || box === null) throw new Error("scalar");
  if (Array.isArray(box) ? !/^(0|[1-9]\d*)$/.test(key) : false) throw new Error("index");
  if (!Object.hasOwn(box, key)) throw new Error("missing");
  return (box as Record<string, Json>)[key] as Json;
}

function read(holder: Box, path: string): Json {
  return get(...locate(holder, path));
}

function remove(holder: Box, path: string): void {
  if (path === "") throw new Error("root");
  const [box, key] = locate(holder, path);
  get(box, key);
  if (Array.isArray(box)) box.splice(Number(key), 1);
  else delete box[key];
}

function put(holder: Box, path: string, value: Json, adding: boolean): void {
  const [box, key] = locate(holder, path);
  if (typeof box !== "object" || box === null) throw new Error("scalar");
  if (!adding) get(box, key);
  if (!Array.isArray(box)) box[key] = value;
  else if (!adding) box[Number(key)] = value;
  else if (key === "-") box.push(value);
  else if (/^(0|[1-9]\d*)$/.test(key) && Number(key) <= box.length)
    box.splice(Number(key), 0, value);
  else throw new Error("index");
}
