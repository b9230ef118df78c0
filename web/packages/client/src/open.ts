import { changes } from "./changes";
import { systemClock } from "./clock";
import type { Backoff } from "./connection/backoff";
import { connect } from "./connection/connection";
import type { PollingPolicy } from "./connection/moves";
import type { ConnectionState } from "./connection/state";
import type { ControlFrame, StreamEvent } from "./frames/frame";
import { keyedListeners, listeners, reportListenerError } from "./listeners";
import { reception } from "./reception";
import { getState } from "./state";
import { asker } from "./states/asker";
import { states as holdStates } from "./states/states";
import { statusOf } from "./status";
import type {
  EventMap,
  EventStream,
  PollingOptions,
  StreamOptions,
  StreamStatus,
  TopicState,
} from "./stream";
import { onWake } from "./wake";

const MAX_FRAME = 8 * 1024 * 1024;
const IDLE_MS = 1000;

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
  const { clock = systemClock, onError = reportListenerError } = options;
  const tidings = changes(onError);
  const everyEvent = listeners<[StreamEvent]>(onError);
  const everyStatus = listeners<[StreamStatus]>(onError);
  const everyState = listeners<[string, TopicState | undefined]>(onError);
  const byType = keyedListeners<string, [StreamEvent | ControlFrame]>(onError);
  let status: StreamStatus = { name: "connecting" };

  const questions = asker({
    read: (topic, signal) => getState(options, topic, { signal }),
    clock,
    backoff: backoffOf(options),
    onRefused: onError,
  });
  const states = holdStates(questions, (topic, state) => {
    everyState.call(topic, state);
    tidings.changed(topic);
  });
  const received = reception(
    {
      states,
      control: (frame) => byType.call(frame.type, frame),
      event(event) {
        byType.call(event.type, event);
        everyEvent.call(event);
      },
    },
    options.after,
    options.heartbeatMs ?? 15_000,
  );
  const polling = options.polling === false ? undefined : (options.polling ?? {});
  const connection = connect(
    {
      server: options,
      clock,
      source: { path: "v1/stream", query: queryOf(options) },
      maxFrame: options.maxFrameBytes ?? MAX_FRAME,
      waitSeconds: polling?.waitSeconds ?? 25,
      idleMs: IDLE_MS,
      patience: () => 2 * received.heartbeatMs,
      position: () => received.position,
      frame: received.frame,
      page: received.page,
      together: tidings.together,
    },
    {
      backoff: backoffOf(options),
      hasToken: options.token !== undefined,
      polling: polling && pollingOf(polling),
    },
    show,
  );
  const sleep = onWake(connection.wake);

  function show(state: ConnectionState): void {
    if (state.name === "ended" || state.name === "failed") sleep();
    if (state.name === "failed" || (state.name === "ended" && state.reason === "client")) {
      questions.forgetAll();
    }
    const next = statusOf(state, status);
    if (next === status) return;
    status = next;
    everyStatus.call(status);
    tidings.changed();
  }

  return {
    get status() {
      return status;
    },
    get position() {
      return received.position.from;
    },
    state: <T>(topic: string) => states.get(topic) as TopicState<T> | undefined,
    states: states.all,
    subscribe: tidings.subscribe,
    watch: tidings.watch,
    onStatus: everyStatus.add,
    onState: everyState.add,
    on: ((typeOrListener: string | never, listener: never) =>
      typeof typeOrListener === "string"
        ? byType.add(typeOrListener, listener)
        : everyEvent.add(typeOrListener)) as EventStream<Events>["on"],
    retry: connection.wake,
    close: connection.close,
  };
}

function queryOf({ topics, types = [] }: StreamOptions): (readonly [string, string])[] {
  return [
    ...topics.map((topic) => ["topic", topic] as const),
    ...types.map((type) => ["type", type] as const),
  ];
}

function backoffOf({ retryMs = 2000, retryCapMs = 30_000 }: StreamOptions): Backoff {
  return { baseMs: retryMs, capMs: retryCapMs, random: Math.random };
}

function pollingOf({ afterFailures = 3, streamAgainMs = 60_000 }: PollingOptions): PollingPolicy {
  return { afterFailures, streamAgainMs, idleMs: IDLE_MS };
}
