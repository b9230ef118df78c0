import type { EventStream, StreamStatus } from "../../src";
import type { Observation } from "./case";

/** Writes down what a stream shows, in the words of the cases. */
export function record(stream: EventStream): readonly Observation[] {
  const seen: Observation[] = [];
  let deleting: string | undefined;
  stream.on(({ type, id, topic, data, end }) =>
    seen.push({ event: { type, id, topic, data, end } }),
  );
  stream.on("stream.reset", ({ data }) => seen.push({ reset: data.reason }));
  stream.onStatus((status) => {
    if (status.name !== "connecting" && !isCaughtUp(status)) seen.push(statusEntry(status));
  });
  stream.onState((topic, state) => {
    if (state) seen.push({ state: { topic, version: state.version, value: state.value } });
    else deleting = topic;
  });
  // Frames are told after what they did; a state that went for another reason was not deleted.
  for (const type of ["stream.open", "stream.reset", "state.update"] as const) {
    stream.on(type, () => {
      deleting = undefined;
    });
  }
  stream.on("state.delete", ({ data }) => {
    if (deleting === data.topic) seen.push({ state: { topic: data.topic, deleted: true } });
    deleting = undefined;
  });
  return seen;
}

/** The step from catching up to live is not an entry of the cases. */
function isCaughtUp(status: StreamStatus): boolean {
  return status.name === "open" && status.live;
}

function statusEntry(status: StreamStatus): Observation {
  if (status.name === "ended") return { status: "ended", reason: status.reason };
  if (status.name === "failed") return { status: "failed", code: status.problem.code };
  return { status: status.name };
}
