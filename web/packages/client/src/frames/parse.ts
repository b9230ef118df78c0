import { createParser } from "eventsource-parser";
import { Problem } from "../problem";

/** A frame as the SSE standard knows it, before its data is understood. */
export interface SseFrame {
  /** `message` where the frame names none. */
  readonly type: string;
  /** Present exactly when this frame had a valid `id` field; empty clears the position. */
  readonly id: string | undefined;
  readonly data: string;
}

/** Where a parser tells what it found, in order. */
export interface SseHandler {
  frame(frame: SseFrame): void;
  retry(ms: number): void;
}

/** Parses the bytes of one connection. */
export interface SseParser {
  /** Throws a `Problem` `frame_too_large` when a frame passes the bound. */
  feed(bytes: Uint8Array): void;
}

/** `maxFrame` bounds, in characters, what a frame may hold before it is complete. */
export function sseParser(handler: SseHandler, maxFrame: number): SseParser {
  const decoder = new TextDecoder();
  const toLf = lineEnds();
  const parser = createParser({
    maxBufferSize: maxFrame,
    onEvent: ({ event = "message", id, data }) => {
      if (data.length > maxFrame) throw tooLarge(maxFrame);
      handler.frame({ type: event, id, data });
    },
    onRetry: (ms) => handler.retry(ms),
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded") throw tooLarge(maxFrame);
    },
  });
  return { feed: (bytes) => parser.feed(toLf(decoder.decode(bytes, { stream: true }))) };
}

/**
 * Turns CR and CRLF into LF. The parser holds a line back whose CR is the last that has come, since
 * an LF may follow; here that line is complete at once, and the LF is dropped when it comes.
 */
function lineEnds(): (text: string) => string {
  let afterCr = false;
  return (text) => {
    if (text === "") return text;
    const rest = afterCr && text.startsWith("\n") ? text.slice(1) : text;
    afterCr = text.endsWith("\r");
    return rest.includes("\r") ? rest.replace(/\r\n?/g, "\n") : rest;
  };
}

function tooLarge(maxFrame: number): Problem {
  return new Problem({
    code: "frame_too_large",
    title: "Frame too large",
    detail: `a frame passes ${maxFrame} characters; raise maxFrameBytes or publish smaller events`,
    limit: maxFrame,
  });
}
