import { audience } from "./audience";
import { sourceAt } from "./connection/route";
import { follow } from "./follow";
import { decodeBareFrame } from "./frames/decode";
import { settingsOf } from "./settings";
import { noStates } from "./states/states";
import type { ApplicationStream, ApplicationStreamOptions, EventMap } from "./stream";

/**
 * Opens an application's own stream (§8) and keeps it open, as {@link openStream} does: frames carry
 * the bare payload, and states come whole, as the application's events. Polls only if it is told to:
 * an application may have no pages.
 *
 * @example
 * const path = "/frontend/events/stream?event_types=agent.status";
 * const stream = openApplicationStream<{ "agent.status": AgentStatus }>({ url: "/", path });
 * stream.on("agent.status", ({ data }) => show(data));
 */
export function openApplicationStream<Events extends EventMap = Record<string, unknown>>(
  options: ApplicationStreamOptions,
): ApplicationStream<Events> {
  const settings = settingsOf({ ...options, polling: options.polling ?? false });
  const listening = audience(settings.onError);
  const source = sourceAt(options.path);
  const { after } = options;
  const subject = { server: options, source, after, states: noStates, decode: decodeBareFrame };
  const stream = follow(subject, settings, listening);
  return Object.defineProperties(
    { on: listening.on },
    Object.getOwnPropertyDescriptors(stream),
  ) as ApplicationStream<Events>;
}
