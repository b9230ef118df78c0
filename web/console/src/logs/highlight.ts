import { pattern } from "./filter";

/** A stretch of text that was searched for, or not. */
export interface Stretch {
  readonly at: number;
  readonly text: string;
  readonly hit: boolean;
}

/** More hits in one text help nobody, and each is an element. */
const mostHits = 200;

/** Cuts a text at what was searched for; together the pieces are the text. */
export function highlight(text: string, wanted: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  let hits = 0;
  const hit = pattern(wanted, "giu");
  for (const match of hit === null ? [] : text.matchAll(hit)) {
    if (hits === mostHits) break;
    hits += 1;
    if (match.index > end)
      stretches.push({ at: end, text: text.slice(end, match.index), hit: false });
    stretches.push({ at: match.index, text: match[0], hit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) stretches.push({ at: end, text: text.slice(end), hit: false });
  return stretches;
}

/** What fits in a row on the widest screen. */
const previewLength = 300;
/** What a row shows of the text before its first hit, where that is far back. */
const before = 40;

/** The part of a text that stands in its row: its beginning, or what is around the first hit. */
export function preview(text: string, wanted: string): string {
  const at = pattern(wanted, "iu")?.exec(text)?.index ?? 0;
  const firstLine = text.slice(0, previewLength).split("\n", 1)[0] ?? "";
  if (at === 0 || at < Math.min(previewLength / 2, firstLine.length)) return firstLine;
  const start = Math.max(0, at - before);
  const ellipsis = start > 0 ? "…" : "";
  return ellipsis + text.slice(start, start + previewLength).replaceAll("\n", " ⏎ ");
}

/** How many lines a text has besides its first. */
export function moreLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return text.endsWith("\n") ? count - 1 : count;
}
