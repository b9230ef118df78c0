import { Problem } from "../problem";
import { parseSseChunk, SSE_START, type SseFrame } from "./chunk";

/** Where a parser tells what it found. */
export interface SseHandler {
  frame(frame: SseFrame): void;
  retry(ms: number): void;
}

/** Parses the bytes of one connection. */
export interface SseParser {
  /** Throws a `Problem` `frame_too_large` when a frame passes the bound. */
  feed(bytes: Uint8Array): void;
}

/** `maxFrame` bounds, in characters, what a frame may hold, also before it is complete. */
export function sseParser(handler: SseHandler, maxFrame: number): SseParser {
  let state = SSE_START;
  return {
    feed(bytes) {
      const { frames, retry, ...parsed } = parseSseChunk(state, bytes);
      state = parsed.state;
      if (retry !== undefined) handler.retry(retry);
      for (const frame of frames) {
        if (frame.data.length > maxFrame) throw tooLarge(maxFrame);
        handler.frame(frame);
      }
      if (state.text.length > maxFrame) throw tooLarge(maxFrame);
    },
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
