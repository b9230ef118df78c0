import type { EventStream } from "@freshet/client";
import { parseTime } from "../ui/format";
import type { NewRow, TailStore } from "./TailStore";

/** Lets a tail hear all that a stream brings, as long as it lives: events, changes of states, resets. */
export function tail(stream: EventStream, store: TailStore): void {
  stream.on(({ type, topic, time, data, end }) =>
    store.push(row(end ? `${type} (end)` : type, topic, time, data ?? null)),
  );
  for (const type of stateTypes) {
    stream.on(type, ({ data: { topic, timestamp, version, ...rest } }) => {
      // What changed first, versions last: a row shows the beginning.
      const { base, ...change } = { base: undefined, ...rest };
      store.push(row(type, topic, timestamp, { ...change, base, version }));
    });
  }
  stream.on("stream.reset", ({ type, data }) => store.push(row(type, "", undefined, data)));
}

const stateTypes = ["state.initial", "state.update", "state.delete"] as const;

function row(type: string, topic: string, time: string | undefined, data: unknown): NewRow {
  return { type, topic, time: parseTime(time), json: JSON.stringify(data) };
}
