import type { EventStream } from "@freshet/client";
import { parseTime } from "../ui/format";
import type { NewRow, TailStore } from "./TailStore";

/** Lets a tail hear all of a stream: events, states as they change, and resets. */
export function tail(stream: EventStream, store: TailStore): () => void {
  const stops = [
    stream.on((event) =>
      store.push(row(event.type, event.topic, event.time, event.data ?? null, event.end)),
    ),
    ...stateTypes.map((type) =>
      stream.on(type, ({ data: { topic, timestamp, ...rest } }) =>
        store.push(row(type, topic, timestamp, rest)),
      ),
    ),
    stream.on("stream.reset", ({ data }) => store.push(row("stream.reset", "", undefined, data))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

const stateTypes = ["state.initial", "state.update", "state.delete"] as const;

function row(
  type: string,
  topic: string,
  time: string | undefined,
  data: unknown,
  end = false,
): NewRow {
  const json = JSON.stringify(data) ?? "null";
  return { type: end ? `${type} (end)` : type, topic, time: parseTime(time), json };
}
