import { type Changes, changes } from "./changes";
import type { ApplicationEvent, ControlFrame } from "./frames/frame";
import { keyedListeners, listeners } from "./listeners";
import type { StreamStatus, TopicState } from "./stream";

/** Those who listen to one stream. */
export interface Audience extends Changes {
  event(event: ApplicationEvent): void;
  control(frame: ControlFrame): void;
  state(topic: string, state: TopicState | undefined): void;
  status(status: StreamStatus): void;
  /** Adds a listener to a type, or to all events; which it is, the stream's overloads say. */
  on(typeOrListener: string | Listener, listener?: Listener): () => void;
  onState(listener: (topic: string, state: TopicState | undefined) => void): () => void;
  onStatus(listener: (status: StreamStatus) => void): () => void;
}

type Listener = (heard: ApplicationEvent | ControlFrame) => void;

export function audience(onError: (error: unknown) => void): Audience {
  const { changed, together, subscribe, watch } = changes(onError);
  const everyEvent = listeners<[ApplicationEvent]>(onError);
  const byType = keyedListeners<string, Parameters<Listener>>(onError);
  const everyState = listeners<[string, TopicState | undefined]>(onError);
  const everyStatus = listeners<[StreamStatus]>(onError);
  return {
    together,
    changed,
    subscribe,
    watch,
    event(event) {
      byType.call(event.type, event);
      everyEvent.call(event);
    },
    control: (frame) => byType.call(frame.type, frame),
    state(topic, state) {
      everyState.call(topic, state);
      changed(topic);
    },
    status(status) {
      everyStatus.call(status);
      changed();
    },
    on: (typeOrListener, listener = ignore) =>
      typeof typeOrListener === "string"
        ? byType.add(typeOrListener, listener)
        : everyEvent.add(typeOrListener),
    onState: everyState.add,
    onStatus: everyStatus.add,
  };
}

function ignore(): void {}
