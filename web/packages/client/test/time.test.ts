import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import type { StreamStatus } from "../src";
import { delay, withBase } from "../src/connection/backoff";
import { watchdog } from "../src/connection/watchdog";
import { Problem } from "../src/problem";
import { type Answer, asker } from "../src/states/asker";
import { manualClock } from "./support/manual-clock";
import { open, reached } from "./support/open";
import { json, live, opened, serve, sse } from "./support/server";

describe("delay", () => {
  const backoff = { baseMs: 100, capMs: 1000, random: () => 0.999_999 };

  test("doubles_upToTheCap", () => {
    expect([1, 2, 3, 4, 5, 500].map((n) => delay(backoff, n))).toEqual([
      100, 200, 400, 800, 1000, 1000,
    ]);
  });

  test("jitter_isFull", () => {
    expect(delay({ ...backoff, random: () => 0 }, 5)).toBe(0);
    expect(delay({ ...backoff, random: () => 0.5 }, 5)).toBe(500);
  });

  test("aBaseAboveTheCap_isObeyed_butNotForHours", () => {
    expect(delay(withBase(backoff, 60_000), 3)).toBe(60_000);
    expect(withBase(backoff, Number.MAX_VALUE).baseMs).toBe(600_000);
    expect(backoff.baseMs).toBe(100);
  });
});

describe("watchdog", () => {
  test("barks_whenNothingCame_andOnlyOnce", () => {
    const clock = manualClock();
    const bark = vi.fn();
    watchdog(clock, () => 100, bark);
    clock.advance(99);
    expect(bark).not.toHaveBeenCalled();
    clock.advance(1000);
    expect(bark).toHaveBeenCalledTimes(1);
    expect(clock.pending).toBe(0);
  });

  test("fed_startsAnew_withoutATimerForEachByte", () => {
    const clock = manualClock();
    const bark = vi.fn();
    const dog = watchdog(clock, () => 100, bark);
    for (let i = 0; i < 50; i++) {
      clock.advance(50);
      dog.fed();
      expect(clock.pending).toBe(1);
    }
    expect(bark).not.toHaveBeenCalled();
    clock.advance(100);
    expect(bark).toHaveBeenCalledTimes(1);
  });

  test("lessPatience_countsFromTheByteThatToldIt", () => {
    const clock = manualClock();
    const bark = vi.fn();
    let patience = 10_000;
    const dog = watchdog(clock, () => patience, bark);
    clock.advance(10);
    patience = 100;
    dog.fed();
    clock.advance(100);
    expect(bark).toHaveBeenCalledTimes(1);
  });

  test("stopped_isSilent", () => {
    const clock = manualClock();
    const bark = vi.fn();
    watchdog(clock, () => 100, bark).stop();
    clock.advance(1000);
    expect(bark).not.toHaveBeenCalled();
  });
});

describe("asker", () => {
  const backoff = { baseMs: 100, capMs: 100, random: () => 0.5 };
  const busy = new Problem({ code: "overloaded", status: 503 }, { retryAfterMs: 5000 });

  test("hangingQuestion_isGivenUp_andRepeated", async () => {
    const clock = manualClock();
    const signals: AbortSignal[] = [];
    const answers: Answer[] = [];
    const read = (topic: string, signal: AbortSignal) => {
      signals.push(signal);
      if (signals.length > 1)
        return Promise.resolve({ topic, value: 1, version: 2, position: "p" });
      return new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    };
    const { ask } = asker({ read, clock, backoff, onRefused: () => undefined });
    ask("a", 0, (answer) => answers.push(answer));
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    clock.advance(30_000);
    expect(signals[0]?.reason).toMatchObject({ code: "silence" });
    await vi.waitFor(() => expect(clock.pending).toBe(1));
    clock.advance(50);
    await vi.waitFor(() =>
      expect(answers).toMatchObject([{ name: "found", state: { version: 2 } }]),
    );
    expect(clock.pending).toBe(0);
  });

  test("R1: retryAfter_isObeyed", async () => {
    const clock = manualClock();
    let asked = 0;
    const read = async () => {
      if (++asked === 1) throw busy;
      return undefined;
    };
    const answers: Answer[] = [];
    asker({ read, clock, backoff, onRefused: () => undefined }).ask("a", 0, (it) =>
      answers.push(it),
    );
    await turn();
    clock.advance(4999);
    await turn();
    expect(asked).toBe(1);
    clock.advance(1);
    await vi.waitFor(() => expect(answers).toEqual([{ name: "none" }]));
  });

  test("manyTopics_areAskedAFewAtATime_andAForgottenOneNotAtAll", async () => {
    const clock = manualClock();
    const asked: string[] = [];
    const finish: (() => void)[] = [];
    const read = (topic: string) => {
      asked.push(topic);
      return new Promise<undefined>((resolve) => finish.push(() => resolve(undefined)));
    };
    const answered: string[] = [];
    const { ask, forget } = asker({ read, clock, backoff, onRefused: () => undefined });
    const topics = ["a", "b", "c", "d", "e", "f", "g"];
    for (const topic of topics) ask(topic, 0, () => answered.push(topic));
    await vi.waitFor(() => expect(asked).toEqual(["a", "b", "c", "d"]));
    forget("e");
    for (let i = 0; i < 6; i++) {
      await vi.waitFor(() => expect(finish.length).toBeGreaterThan(i));
      finish[i]?.();
    }
    await vi.waitFor(() => expect(answered).toEqual(["a", "b", "c", "d", "f", "g"]));
    expect(asked).toEqual(["a", "b", "c", "d", "f", "g"]);
  });
});

describe("a stream's time", () => {
  test("U4: silence_forTwoHeartbeats_isACut", async () => {
    const clock = manualClock();
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      sse(response).send(opened(requests > 1), live("p1"));
    });
    const stream = open({ url, clock });
    await reached(stream, "open");
    await vi.waitFor(() => expect(stream.position).toBe("p1"));
    clock.advance(119_999);
    expect(stream.status.name).toBe("open");
    const statuses: StreamStatus[] = [];
    stream.onStatus((status) => statuses.push(status));
    clock.advance(1);
    await reached(stream, "retrying");
    expect(statuses[0]).toMatchObject({ reason: { code: "silence" }, attempt: 1 });
    clock.advance(1000);
    await reached(stream, "open");
    expect(requests).toBe(2);
  });

  test("aMuteOpening_isTakenForABarredStream_andProbedBriefly", async () => {
    const clock = manualClock();
    const asked: string[] = [];
    const url = await serve(({ headers, url }, response) => {
      const isPage = headers.accept === "application/json";
      asked.push(isPage ? `page ${url.searchParams.get("after")}` : "stream");
      if (isPage) json(response, 200, { events: [], position: "p1", more: false });
    });
    const polling = { streamAgainMs: 60_000, waitSeconds: 20 };
    const stream = open({ url, clock, polling, heartbeatMs: 15_000 });
    await vi.waitFor(() => expect(asked).toEqual(["stream"]));
    clock.advance(30_000);
    await reached(stream, "retrying");
    clock.advance(10);
    await reached(stream, "polling");
    await turn();
    clock.advance(60_000);
    await vi.waitFor(() => expect(asked).toEqual(["stream", "page null", "page p1", "stream"]));
    clock.advance(4999);
    expect(asked).toHaveLength(4);
    clock.advance(1);
    await vi.waitFor(() => expect(asked).toHaveLength(5));
    expect(asked.at(-1)).toBe("page p1");
    expect(stream.status.name).toBe("polling");
  });

  test("emptyPagesThatComeAtOnce_areNotAskedForAtOnce", async () => {
    const clock = manualClock();
    let pages = 0;
    const url = await serve(({ headers }, response) => {
      if (headers.accept !== "application/json") sse(response).end();
      else {
        pages++;
        json(response, 200, { events: [], position: "p1", more: false });
      }
    });
    const stream = open({ url, clock, polling: { afterFailures: 1 } });
    await reached(stream, "retrying");
    clock.advance(10);
    await reached(stream, "polling");
    await turn();
    clock.advance(999);
    await turn();
    expect(pages).toBe(1);
    clock.advance(1);
    await vi.waitFor(() => expect(pages).toBe(2));
  });
});
