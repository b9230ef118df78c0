import { audience } from "./audience";
import { follow } from "./follow";
import { decodeFrame } from "./frames/decode";
import { settingsOf } from "./settings";
import { getState } from "./state";
import { asker } from "./states/asker";
import { states as holdStates } from "./states/states";
import type { EventMap, EventStream, StreamOptions, TopicState } from "./stream";

/**
 * Opens a stream and keeps it open: reconnects with full-jitter backoff, resumes from where it was,
 * asks for a fresh token where one is refused, and polls where streams do not get through (§2.5, §3).
 * Returns at once; listeners that are added in the same turn miss nothing.
 *
 * @example
 * const stream = openStream({ url: "/", topics: ["orders/*"], token: () => session.token });
 * stream.on("order.created", ({ topic, data }) => console.log(topic, data));
 * stream.watch("orders/7", () => render(stream.state("orders/7")?.value));
 */
export function openStream<Events extends EventMap = Record<string, unknown>>(
  options: StreamOptions,
): EventStream<Events> {
  const settings = settingsOf(options);
  const { clock, backoff, onError } = settings;
  const listening = audience(onError);
  const read = (topic: string, signal: AbortSignal) => getState(options, topic, { signal });
  const states = holdStates(asker({ read, clock, backoff, onRefused: onError }), listening.state);
  const source = { path: "v1/stream", query: queryOf(options) };
  const subject = { server: options, source, after: options.after, states, decode: decodeFrame };
  const stream = follow(subject, settings, listening);
  return Object.defineProperties(
    {
      state: <T>(topic: string) => states.get(topic) as TopicState<T> | undefined,
      states: states.all,
      watch: listening.watch,
      onState: listening.onState,
      on: listening.on,
    },
    Object.getOwnPropertyDescriptors(stream),
  ) as EventStream<Events>;
}

function queryOf({ topics, types = [] }: StreamOptions): (readonly [string, string])[] {
  return [
    ...topics.map((topic) => ["topic", topic] as const),
    ...types.map((type) => ["type", type] as const),
  ];
}
