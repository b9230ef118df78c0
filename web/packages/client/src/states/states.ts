import type { TopicState } from "../stream";
import type { Answer, Asker } from "./asker";
import { applyChange, type StateChange } from "./holding";

/** Keeps what a stream says of states. */
export interface StateKeeper {
  /** Takes a change as it came. */
  take(change: StateChange): void;
  /** Drops everything: what follows is complete, or nothing does. */
  clear(): void;
  /** Stops asking: nobody follows any more. */
  settle(): void;
}

/** The states of one stream. */
export interface States extends StateKeeper {
  get(topic: string): TopicState | undefined;
  all(): ReadonlyMap<string, TopicState>;
}

/** Changes that came while a topic is asked for; past the bound the oldest are let go, and asked for anew. */
type Pending = readonly StateChange[];
const MOST_PENDING = 256;

/**
 * Holds the current states. A topic whose patch did not fit has none until the server was asked; what
 * comes for it meanwhile is kept and applied to the answer (`S4`).
 */
export function states(
  asker: Asker,
  onChange: (topic: string, state: TopicState | undefined) => void,
): States {
  const held = new Map<string, TopicState>();
  const asking = new Map<string, Pending>();
  let snapshot: ReadonlyMap<string, TopicState> | undefined;

  function set(topic: string, state: TopicState | undefined): void {
    if (held.get(topic) === state) return;
    if (state) held.set(topic, state);
    else held.delete(topic);
    snapshot = undefined;
    onChange(topic, state);
  }

  /** `tries` counts how often in a row an answer did not fit what came after it. */
  function take(change: StateChange, tries = 0): void {
    const { topic } = change.frame.data;
    const pending = asking.get(topic);
    if (pending && !settles(change)) {
      asking.set(topic, [...pending.slice(1 - MOST_PENDING), change]);
      return;
    }
    forget(topic);
    const outcome = applyChange(held.get(topic), change);
    if (outcome.name === "current") set(topic, outcome.state);
    if (outcome.name === "gone") set(topic, undefined);
    if (outcome.name === "unfit") ask(topic, [change], tries);
  }

  function ask(topic: string, pending: Pending, tries: number): void {
    asking.set(topic, pending);
    set(topic, undefined);
    asker.ask(topic, tries, (answer) => answered(topic, answer, tries));
  }

  function forget(topic: string): void {
    if (asking.delete(topic)) asker.forget(topic);
  }

  function answered(topic: string, answer: Answer, tries: number): void {
    // Refused: the topic has no value here until a change brings one.
    if (answer.name === "refused") return;
    const pending = asking.get(topic) ?? [];
    asking.delete(topic);
    if (answer.name === "found") set(topic, answer.state);
    const from = answer.name === "found" ? 0 : pending.findIndex(settles);
    if (from >= 0) for (const change of pending.slice(from)) take(change, tries + 1);
  }

  return {
    settle: asker.forgetAll,
    take: (change) => take(change),
    clear() {
      asker.forgetAll();
      asking.clear();
      for (const topic of [...held.keys()]) set(topic, undefined);
    },
    get: (topic) => held.get(topic),
    all() {
      snapshot ??= new Map(held);
      return snapshot;
    },
  };
}

/** For streams in which states are events like any other. */
export const noStates: StateKeeper = {
  take: () => undefined,
  clear: () => undefined,
  settle: () => undefined,
};

/** Whether a change says by itself what the topic holds, whatever it held before. */
function settles({ kind, frame }: StateChange): boolean {
  return kind !== "state.update" || frame.data.value !== undefined;
}
