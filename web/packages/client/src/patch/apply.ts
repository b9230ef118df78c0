import type { Json } from "../json";

/** An operation of RFC 6902. */
export type PatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: Json }
  | { readonly op: "move" | "copy"; readonly from: string; readonly path: string }
  | { readonly op: "remove"; readonly path: string };
