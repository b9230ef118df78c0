import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPlayer, reduceAll, replayAt, replayOf } from "../src/core";
import { anyRun } from "./support/random-run";
import { completed, delta, runOf, snapshot, started, thought } from "./support/runs";

const RUN = [
  started(),
  delta("t1", 0, "Let ", 1000),
  delta("t1", 4, "me see", 2000),
  thought("t1", "Let me see", 3000),
  completed("done", 10_000),
];

/** Time that passes when the test says so. */
function manualClock() {
  let now = 0;
  let waiting: { readonly due: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    after(ms: number, callback: () => void) {
      const entry = { due: now + ms, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((it) => it !== entry);
      };
    },
    pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const next = waiting.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        now = next.due;
        waiting = waiting.filter((it) => it !== next);
        next.callback();
      }
      now = until;
    },
    get idle() {
      return waiting.length === 0;
    },
  };
}

describe("replayAt", () => {
  test("isTheRun_asItWasAtThatTime", () => {
    expect(replayAt(RUN, -1)).toBeUndefined();
    expect(replayAt(RUN, 0)).toEqual(runOf(...RUN.slice(0, 1)));
    expect(replayAt(RUN, 2000)).toEqual(runOf(...RUN.slice(0, 3)));
    expect(replayAt(RUN, 99_000)).toEqual(runOf(...RUN));
  });

  test("beginningWithASnapshot_beginsThere", () => {
    const [type, data] = snapshot(...RUN.slice(0, 3));
    const rest = [{ type, data }, ...RUN.slice(3)];
    expect(replayAt(rest, 0)).toEqual(runOf(...RUN.slice(0, 4)));
    expect(replayOf(rest).duration).toBe(7000);
  });

  test("timesThatGoBack_countAsTheLatestBefore", () => {
    const { times, duration } = replayOf([
      started(),
      delta("t1", 0, "a", 500),
      completed("x", 400),
    ]);
    expect(times).toEqual([0, 500, 500]);
    expect(duration).toBe(500);
  });
});

describe("replayOf", () => {
  test("anyRun_atAnyTimes_inAnyOrder_isWhatIsReducedUntilThen", () => {
    fc.assert(
      fc.property(
        fc.array(anyRun, { minLength: 1, maxLength: 20, size: "max" }),
        fc.array(fc.nat(40_000), { minLength: 1, maxLength: 30 }),
        (runs, leaps) => {
          // One long run, past several of the states that are remembered.
          const events = runs.flat();
          const replay = replayOf(events);
          for (const time of leaps) {
            const count = replay.times.filter((it) => it <= time).length;
            expect(replay.at(time)).toEqual(reduceAll(undefined, events.slice(0, count)));
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test("nothing_isNothing", () => {
    const replay = replayOf([]);
    expect(replay.duration).toBe(0);
    expect(replay.at(0)).toBeUndefined();
  });
});

describe("a player", () => {
  test("plays_atTheSpeedThatIsChosen_untilTheEnd", () => {
    const clock = manualClock();
    const player = createPlayer(RUN, { clock, speed: 2 });
    expect(player.view()).toMatchObject({ time: 0, duration: 10_000, playing: false });
    player.play();
    clock.pass(1020);
    expect(player.view().time).toBeGreaterThanOrEqual(1980);
    expect(player.view().execution?.steps[0]).toMatchObject({ text: "Let " });
    player.setSpeed(10);
    expect(player.view().time).toBe(2040);
    clock.pass(1000);
    expect(player.view()).toMatchObject({ time: 10_000, playing: false, speed: 10 });
    expect(player.view().execution).toEqual(runOf(...RUN));
    expect(clock.idle).toBe(true);
  });

  test("paused_stands_andGoesOnFromThere", () => {
    const clock = manualClock();
    const player = createPlayer(RUN, { clock });
    player.play();
    clock.pass(1500);
    player.pause();
    expect(player.view()).toMatchObject({ time: 1500, playing: false });
    expect(clock.idle).toBe(true);
    clock.pass(60_000);
    expect(player.view().time).toBe(1500);
    player.play();
    clock.pass(500);
    player.pause();
    expect(player.view().time).toBe(2000);
  });

  test("seeks_whetherItPlaysOrNot_withinTheRun", () => {
    const clock = manualClock();
    const player = createPlayer(RUN, { clock });
    player.seek(3000);
    expect(player.view()).toMatchObject({ time: 3000, playing: false });
    expect(player.view().execution).toEqual(runOf(...RUN.slice(0, 4)));
    player.play();
    player.seek(1000);
    clock.pass(1000);
    player.pause();
    expect(player.view().time).toBe(2000);
    player.seek(-5);
    expect(player.view().time).toBe(0);
    player.seek(1e9);
    expect(player.view().time).toBe(10_000);
  });

  test("playedAtTheEnd_beginsAgain", () => {
    const clock = manualClock();
    const player = createPlayer(RUN, { clock });
    player.seek(10_000);
    player.play();
    expect(player.view()).toMatchObject({ time: 0, playing: true });
    player.pause();
  });

  test("tellsEachChange_untilLeft", () => {
    const clock = manualClock();
    const player = createPlayer(RUN, { clock });
    let told = 0;
    const leave = player.subscribe(() => told++);
    player.seek(10);
    expect(told).toBe(1);
    leave();
    player.seek(20);
    expect(told).toBe(1);
  });
});
