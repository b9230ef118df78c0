import type { Clock, Unsubscribe } from "@freshet/client";
import { createStore } from "zustand/vanilla";
import type { Execution } from "../events";
import type { AgentStreamEvent } from "../execution";
import { replayOf } from "./replay";

/** Where a player is. Immutable. */
export interface Playback {
  readonly execution: Execution | undefined;
  /** Milliseconds from the run's first event. */
  readonly time: number;
  /** Milliseconds that the run took. */
  readonly duration: number;
  readonly speed: number;
  readonly playing: boolean;
}

/** Options of {@link createPlayer}. */
export interface PlayerOptions {
  /** How many times as fast as it was. Default 1. */
  readonly speed?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Shows a run again as it came to be. The functions need no `this`. */
export interface Player {
  /** Same identity until it changes. */
  readonly view: () => Playback;
  readonly subscribe: (onChange: () => void) => Unsubscribe;
  /** Goes on; at the end, from the beginning. */
  readonly play: () => void;
  readonly pause: () => void;
  /** To so many milliseconds from the run's first event; goes on from there if it plays. */
  readonly seek: (time: number) => void;
  readonly setSpeed: (speed: number) => void;
}

/** Milliseconds from one picture to the next. */
const FRAME_MS = 33;

const timers: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Plays the events of a run; it stands at the beginning until it is told to play. */
export function createPlayer(
  events: readonly AgentStreamEvent[],
  { speed: initialSpeed = 1, clock = timers }: PlayerOptions = {},
): Player {
  const replay = replayOf(events);
  const { duration } = replay;
  const store = createStore<Playback>()(() => ({
    execution: replay.at(0),
    time: 0,
    duration,
    speed: initialSpeed,
    playing: false,
  }));
  let since = clock.now();
  let stop: () => void = () => undefined;

  /** Where it is now, wherever it was shown last. */
  function now(): number {
    const { time, speed, playing } = store.getState();
    return playing ? Math.min(duration, time + (clock.now() - since) * speed) : time;
  }

  function move(time: number, change: Partial<Playback> = {}): void {
    stop();
    since = clock.now();
    store.setState({ time, execution: replay.at(time), ...change });
    if (!store.getState().playing) return;
    if (time >= duration) store.setState({ playing: false });
    else stop = clock.after(FRAME_MS, () => move(now()));
  }

  return {
    view: store.getState,
    subscribe: (onChange) => store.subscribe(() => onChange()),
    play() {
      const { time, playing } = store.getState();
      if (!playing) move(time >= duration ? 0 : time, { playing: true });
    },
    pause: () => move(now(), { playing: false }),
    seek: (time) => move(Math.min(duration, Math.max(0, time))),
    setSpeed: (speed) => move(now(), { speed }),
  };
}
