import { send } from "./request";
import type { Server } from "./server";

/** An event to publish (§4). */
export interface NewEvent {
  readonly topic: string;
  readonly type: string;
  readonly data?: unknown;
  /** ISO 8601. Default: when the server took it. */
  readonly time?: string;
  /** Whether the topic ends with it (§5.3). */
  readonly end?: boolean;
}

/** Where a batch is in the log. */
export interface Published {
  readonly first: string;
  readonly position: string;
  readonly count: number;
  /** Whether the idempotency key was seen before: nothing was appended, these are the first positions (`L3`). */
  readonly duplicate: boolean;
}

/** Options of {@link publish}. */
export interface PublishOptions {
  /** 1–128 printable ASCII characters; makes a repetition harmless for 24 h (`L3`). */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * Appends one event, or several as one batch: all of them in one contiguous range, or none (`L4`).
 * Resolves when they are durable to the level that the server is configured for (`L1`). Rejects with
 * a `Problem`. Does not repeat by itself; with an idempotency key, repeating is safe.
 */
export async function publish(
  server: Server,
  events: NewEvent | readonly NewEvent[],
  options: PublishOptions = {},
): Promise<Published> {
  const answer = await send(server, "v1/events", {
    method: "POST",
    body: events,
    headers: { "idempotency-key": options.idempotencyKey },
    signal: options.signal,
  });
  return (await answer.json()) as Published;
}
