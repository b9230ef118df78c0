import type { Audience } from "./audience";
import type { Page } from "./connection/line";
import { outcomeOfEnd } from "./connection/outcome";
import type { Signal } from "./connection/state";
import type { SseFrame } from "./frames/chunk";
import { type Frame, parseData } from "./frames/decode";
import type { ControlFrames } from "./frames/frame";
import { at, beginAt, live, opened, type Position, reset, seen } from "./frames/position";
import type { StateKeeper } from "./states/states";

/** Takes what arrives, in order, over all connections of a stream. */
export interface Reception {
  readonly position: Position;
  /** Milliseconds: the interval that the server named last. */
  readonly heartbeatMs: number;
  /** Answers what the frame means for the connection. Throws a `Problem` if it is malformed. */
  frame(frame: SseFrame): Signal | undefined;
  /** Stops in the midst when `signal` says that nobody wants more. */
  page(page: Page, signal: AbortSignal): Signal | undefined;
}

/** How frames are understood, and who keeps the states in them. */
export interface Intake {
  readonly decode: (
    type: string,
    id: string | undefined,
    data: unknown,
    text?: string,
  ) => Frame | undefined;
  readonly states: StateKeeper;
  /** Whether, after an event, nothing more is wanted. */
  readonly isDone?: () => boolean;
}

export function reception(
  { decode, states, isDone }: Intake,
  delivery: Pick<Audience, "event" | "control">,
  after: string | undefined,
  assumedHeartbeatMs: number,
): Reception {
  let position = beginAt(after);
  let heartbeatMs = assumedHeartbeatMs;

  function take(decoded: Frame): Signal | undefined {
    if (decoded.kind === "event") {
      delivery.event(decoded.event);
      return isDone?.() ? { name: "finished", reason: "completed" } : undefined;
    }
    const sign = act(decoded);
    delivery.control(decoded.frame);
    return sign;
  }

  function act(control: Exclude<Frame, { kind: "event" }>): Signal | undefined {
    switch (control.kind) {
      case "stream.open":
        return begin(control.frame.data);
      case "stream.reset":
        position = reset();
        states.clear();
        return undefined;
      case "stream.live":
        position = live(position);
        return { name: "caughtUp" };
      case "heartbeat":
        return { name: "beat" };
      case "stream.end":
        return outcomeOfEnd(control.frame.data.reason);
      default:
        states.take(control);
        return undefined;
    }
  }

  function begin({ resumed, heartbeatMs: interval }: ControlFrames["stream.open"]): Signal {
    position = opened(position, resumed);
    if (!resumed) states.clear();
    if (interval > 0) heartbeatMs = interval;
    return { name: "opened" };
  }

  return {
    get position() {
      return position;
    },
    get heartbeatMs() {
      return heartbeatMs;
    },
    frame({ type, id, data }) {
      const decoded = decode(type, id, parseData(data), data);
      position = seen(position, id);
      return decoded && take(decoded);
    },
    page(page, signal) {
      if (position.from === undefined) begin({ resumed: false, position: "", heartbeatMs });
      if (page.reset) take(control("stream.reset", page.reset));
      for (const { type, id, data } of page.events) {
        if (signal.aborted) return undefined;
        const decoded = decode(type, id, data);
        position = seen(position, id);
        if (decoded) take(decoded);
      }
      position = at(page.position);
      return page.end && take(control("stream.end", page.end));
    },
  };
}

function control(type: "stream.reset" | "stream.end", data: { readonly reason: string }): Frame {
  return { kind: type, frame: { type, id: undefined, data } } as Frame;
}
