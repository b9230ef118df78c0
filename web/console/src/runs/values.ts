import { isReference } from "@freshet/agents";

const longestPreview = 200;

/** What a call is about, in a line: its params' values, as far as they are short. */
export function preview(params: Readonly<Record<string, unknown>>): string {
  return Object.values(params)
    .map((value) => {
      if (isReference(value)) return value.preview;
      return typeof value === "string" ? value : JSON.stringify(value);
    })
    .map((text) => text.replace(/\s+/g, " ").slice(0, longestPreview))
    .join(" · ")
    .slice(0, longestPreview);
}

/** A part of a value that is shown on its own. */
export type Part =
  | { readonly kind: "text"; readonly text: string; readonly bytes: number | null }
  | { readonly kind: "json"; readonly json: string };

/** How a value is shown: strings as the text they are, all else as JSON. */
export function partOf(value: unknown): Part {
  if (typeof value === "string") return { kind: "text", text: value, bytes: null };
  if (isReference(value)) return { kind: "text", text: value.preview, bytes: value.bytes };
  return { kind: "json", json: JSON.stringify(value ?? null) };
}

/** The members of an object that are shown one by one; null where the value is better shown as one. */
export function membersOf(value: unknown): readonly (readonly [name: string, part: Part])[] | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  if (isReference(value)) return null;
  const members = Object.entries(value);
  const hasText = members.some(([, member]) => typeof member === "string" || isReference(member));
  return hasText ? members.map(([name, member]) => [name, partOf(member)]) : null;
}
