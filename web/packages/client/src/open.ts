import type { EventMap, EventStream, StreamOptions } from "./stream";

/** Opens a stream and keeps it open. */
export function openStream<Events extends EventMap = Record<string, unknown>>(
  options: StreamOptions,
): EventStream<Events> {
  throw new Error(`not yet: ${options.url}`);
}
