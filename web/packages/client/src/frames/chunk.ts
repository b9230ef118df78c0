import { createParser } from "eventsource-parser";

/** A frame as the SSE standard knows it, before its data is understood. */
export interface SseFrame {
  /** `message` where the frame names none. */
  readonly type: string;
  /** Present exactly when this frame had a valid `id` field; empty clears the position. */
  readonly id: string | undefined;
  readonly data: string;
}

/** What of a stream has come and is not a whole frame yet. Immutable. */
export interface SseState {
  /** Text after the last empty line, its line ends made LF. */
  readonly text: string;
  /** The first bytes of a character of which not all have come. */
  readonly bytes: Uint8Array;
  /** Whether the last line ended with a CR, to which an LF may still belong. */
  readonly afterCr: boolean;
  /** Whether anything has come: a byte order mark is one only before that. */
  readonly begun: boolean;
}

/** What a chunk completed, in order. */
export interface ParsedChunk {
  readonly state: SseState;
  readonly frames: readonly SseFrame[];
  /** Milliseconds: the last `retry` of the blocks that are complete. */
  readonly retry: number | undefined;
}

/** Nothing has come yet. */
export const SSE_START: SseState = {
  text: "",
  bytes: new Uint8Array(),
  afterCr: false,
  begun: false,
};

/**
 * Parses one more chunk, of bytes cut anywhere or of text. Pure: the same state and chunk always
 * answer the same.
 */
export function parseSseChunk(state: SseState, chunk: Uint8Array | string): ParsedChunk {
  const [decoded, bytes] =
    typeof chunk === "string" ? [chunk, state.bytes] : decode(state.bytes, chunk);
  if (decoded === "") return { state: { ...state, bytes }, frames: [], retry: undefined };
  const marked = state.begun ? decoded : decoded.replace(/^\uFEFF/, "");
  const added = toLf(marked, state.afterCr);
  const text = state.text + added;
  const afterCr = marked === "" ? state.afterCr : marked.endsWith("\r");
  const end = endOfBlocks(text, added.length);
  return {
    state: { text: text.slice(end), bytes, afterCr, begun: true },
    ...parseBlocks(text.slice(0, end)),
  };
}

/** The whole characters, and the bytes of one that is cut. */
function decode(before: Uint8Array, chunk: Uint8Array): [string, Uint8Array] {
  const bytes = before.length === 0 ? chunk : concat(before, chunk);
  const end = bytes.length - cutBytes(bytes);
  const whole = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, end));
  return [whole, bytes.slice(end)];
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** How many bytes at the end begin a character that needs more. */
function cutBytes(bytes: Uint8Array): number {
  for (let n = 1; n <= Math.min(3, bytes.length); n++) {
    const byte = bytes[bytes.length - n] ?? 0;
    if (byte >= 0xc0) return n < lengthBy(byte) ? n : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function lengthBy(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/**
 * Turns CR and CRLF into LF. A line is complete with its CR, though an LF may follow in the next
 * chunk; there it is dropped.
 */
function toLf(text: string, afterCr: boolean): string {
  const rest = afterCr && text.startsWith("\n") ? text.slice(1) : text;
  return rest.includes("\r") ? rest.replace(/\r\n?/g, "\n") : rest;
}

/** Where the last empty line ends; only what was added, and the line end before it, is looked at. */
function endOfBlocks(text: string, added: number): number {
  const from = Math.max(0, text.length - added - 1);
  const at = text.slice(from).lastIndexOf("\n\n");
  if (at >= 0) return from + at + 2;
  return text.startsWith("\n") ? 1 : 0;
}

function parseBlocks(text: string): Omit<ParsedChunk, "state"> {
  const frames: SseFrame[] = [];
  let retry: number | undefined;
  if (text === "") return { frames, retry };
  const parser = createParser({
    onEvent: ({ event = "message", id, data }) => frames.push({ type: event, id, data }),
    onRetry: (ms) => {
      retry = ms;
    },
  });
  // An empty line first: what the parser takes for a byte order mark is none in the midst of a stream.
  parser.feed(`\n${text}`);
  return { frames, retry };
}
