import { bodyOf } from "./connection/stream-attempt";
import type { SseFrame } from "./frames/chunk";
import { sseParser } from "./frames/parse";
import { problemOf } from "./problem-document";

/** Options of {@link streamSse}. */
export interface StreamSseOptions {
  /** The longest frame to accept, in characters. Default 8 Mi. */
  readonly maxFrameBytes?: number | undefined;
  /** Hears how long the server wants to be left alone before the next request. */
  readonly onRetry?: ((ms: number) => void) | undefined;
}

/**
 * The frames of one answer, for who connects by other means; none of a 204. Throws a `Problem` where
 * the answer is a failure or no event stream. Leaving the loop cancels the answer.
 *
 * @example
 * for await (const { type, data } of streamSse(await fetch("/events"))) show(type, JSON.parse(data));
 */
export async function* streamSse(
  answer: Response,
  options: StreamSseOptions = {},
): AsyncGenerator<SseFrame, void, undefined> {
  if (answer.status === 204) return;
  if (!answer.ok) throw await problemOf(answer);
  const { maxFrameBytes = 8 * 1024 * 1024, onRetry } = options;
  const reader = bodyOf(answer).getReader();
  let frames: SseFrame[] = [];
  const parser = sseParser(
    { frame: (frame) => frames.push(frame), retry: (ms) => onRetry?.(ms) },
    maxFrameBytes,
  );
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(value);
      const complete = frames;
      frames = [];
      yield* complete;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
