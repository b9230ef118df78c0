/** A stretch of JSON text of one colour. */
export interface Piece {
  readonly at: number;
  readonly text: string;
  readonly kind: "key" | "text" | "other" | null;
}

const token = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** Cuts JSON text into pieces; together they are the text. */
export function colourJson(json: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of json.matchAll(token)) {
    if (match.index > end) pieces.push({ at: end, text: json.slice(end, match.index), kind: null });
    pieces.push({ at: match.index, text: match[0], kind: kindOf(match[1], match[2]) });
    end = match.index + match[0].length;
  }
  if (end < json.length) pieces.push({ at: end, text: json.slice(end), kind: null });
  return pieces;
}

function kindOf(string: string | undefined, colon: string | undefined): Piece["kind"] {
  if (string === undefined) return "other";
  return colon === undefined ? "text" : "key";
}
