import { onTestFinished } from "vitest";
import { type EventStream, openStream, type StreamOptions } from "../../src";

/** A stream that is closed when the test is over, with times fit for tests. */
export function open<Events extends object = Record<string, unknown>>(
  options: Pick<StreamOptions, "url"> & Partial<StreamOptions>,
  onFinished = onTestFinished,
): EventStream<Events> {
  const stream = openStream<Events>({
    topics: ["a/b"],
    retryMs: 2,
    retryCapMs: 10,
    polling: false,
    ...options,
  });
  onFinished(stream.close);
  return stream;
}

/** Resolves when the stream's status has this name. */
export function reached(
  stream: Pick<EventStream, "status" | "onStatus">,
  name: string,
): Promise<void> {
  return new Promise((resolve) => {
    if (stream.status.name === name) return resolve();
    const leave = stream.onStatus((status) => {
      if (status.name !== name) return;
      leave();
      resolve();
    });
  });
}
