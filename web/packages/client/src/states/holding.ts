import type { Frame } from "../frames/decode";
import type { StateSnapshot, StateUpdate } from "../frames/frame";
import type { Json } from "../json";
import { applyPatch } from "../patch/apply";
import { share } from "../patch/equal";
import type { TopicState } from "../stream";

/** A change of one topic's state, as it came. */
export type StateChange = Extract<Frame, { kind: `state.${string}` }>;

/** What a change makes of the state that is held. */
export type Outcome =
  | { readonly name: "current"; readonly state: TopicState }
  | { readonly name: "gone" }
  /** Known already. */
  | { readonly name: "old" }
  /** It does not fit what is held: the topic must be asked for (`S4`). */
  | { readonly name: "unfit" };

/** Applies a change to what is held of its topic. Pure. */
export function applyChange(held: TopicState | undefined, change: StateChange): Outcome {
  if (held && change.frame.data.version <= held.version) return { name: "old" };
  switch (change.kind) {
    case "state.delete":
      return { name: "gone" };
    case "state.initial":
      return current(held, change.frame.data, change.frame.data.value);
    case "state.update":
      return update(held, change.frame.data);
  }
}

function update(held: TopicState | undefined, data: StateUpdate): Outcome {
  if (data.value !== undefined) return current(held, data, data.value);
  if (!held || held.version !== data.base) return { name: "unfit" };
  try {
    return current(undefined, data, applyPatch(held.value as Json, data.patches ?? []));
  } catch {
    // Whatever went wrong, and the stack is not the least: the server knows the value.
    return { name: "unfit" };
  }
}

/** A whole value keeps the parts that are equal to what was held. */
function current(
  held: TopicState | undefined,
  data: StateSnapshot | StateUpdate,
  value: Json,
): Outcome {
  const { topic, version, timestamp } = data;
  const cause = "cause" in data ? data.cause : undefined;
  const end = "end" in data && data.end === true;
  const shared = share(held?.value as Json | undefined, value);
  return { name: "current", state: { topic, value: shared, version, timestamp, cause, end } };
}
