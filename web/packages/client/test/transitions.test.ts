import { describe, expect, test } from "vitest";
import type { Policy } from "../src/connection/moves";
import type { ConnectionState, Signal, SignalNamed, StateNamed } from "../src/connection/state";
import { next } from "../src/connection/transitions";
import { Problem } from "../src/problem";

type StateName = ConnectionState["name"];
type SignalName = Signal["name"];

const cut = new Problem({ code: "cut" });
const busy = new Problem({ code: "overloaded", status: 503 }, { retryAfterMs: 700 });
const mute = new Problem({ code: "silence" });
const going = { failures: 0, barred: 0, trust: "kept" } as const;

const policy: Policy = {
  now: 1000,
  backoff: { baseMs: 100, capMs: 1000, random: () => 0.5 },
  hasToken: true,
  polling: { afterFailures: 3, streamAgainMs: 5000, idleMs: 10 },
};

const states: { readonly [S in StateName]: StateNamed<S> } = {
  connecting: { name: "connecting", ...going },
  open: { name: "open", ...going, live: false },
  waiting: {
    name: "waiting",
    ...going,
    reason: cut,
    until: 1500,
    notBefore: 0,
    next: "connecting",
  },
  polling: { name: "polling", ...going, at: 1000, probeAt: 6000, proven: false },
  probing: { name: "probing", ...going },
  ended: { name: "ended", reason: "completed" },
  failed: { name: "failed", problem: cut },
};

const signals: { readonly [E in SignalName]: SignalNamed<E> } = {
  opened: { name: "opened" },
  caughtUp: { name: "caughtUp" },
  beat: { name: "beat" },
  paged: { name: "paged", idle: false },
  cut: { name: "cut", problem: cut },
  refused: { name: "refused", problem: cut },
  expired: { name: "expired", problem: cut },
  drained: { name: "drained", problem: cut },
  rejected: { name: "rejected", problem: cut },
  finished: { name: "finished", reason: "closed" },
  due: { name: "due" },
  woken: { name: "woken" },
  closed: { name: "closed" },
};

/** Where each signal leads; `same`: the very same object. The compiler misses no cell. */
const TABLE: { readonly [S in StateName]: { readonly [E in SignalName]: StateName | "same" } } = {
  connecting: {
    opened: "open",
    caughtUp: "same",
    beat: "same",
    paged: "same",
    cut: "waiting",
    refused: "connecting",
    expired: "connecting",
    drained: "waiting",
    rejected: "failed",
    finished: "ended",
    due: "same",
    woken: "same",
    closed: "ended",
  },
  open: {
    opened: "same",
    caughtUp: "open",
    beat: "same",
    paged: "same",
    cut: "waiting",
    refused: "same",
    expired: "connecting",
    drained: "waiting",
    rejected: "failed",
    finished: "ended",
    due: "same",
    woken: "same",
    closed: "ended",
  },
  waiting: {
    opened: "same",
    caughtUp: "same",
    beat: "same",
    paged: "same",
    cut: "same",
    refused: "same",
    expired: "same",
    drained: "same",
    rejected: "same",
    finished: "same",
    due: "connecting",
    woken: "connecting",
    closed: "ended",
  },
  polling: {
    opened: "polling",
    caughtUp: "same",
    beat: "same",
    paged: "polling",
    cut: "waiting",
    refused: "polling",
    expired: "polling",
    drained: "waiting",
    rejected: "failed",
    finished: "ended",
    due: "same",
    woken: "same",
    closed: "ended",
  },
  probing: {
    opened: "open",
    caughtUp: "same",
    beat: "same",
    paged: "same",
    cut: "polling",
    refused: "probing",
    expired: "polling",
    drained: "polling",
    rejected: "failed",
    finished: "ended",
    due: "same",
    woken: "same",
    closed: "ended",
  },
  ended: final(),
  failed: final(),
};

function final(): { readonly [E in SignalName]: "same" } {
  return Object.fromEntries(Object.keys(signals).map((name) => [name, "same"])) as never;
}

describe("the table", () => {
  for (const from of Object.keys(TABLE) as StateName[]) {
    for (const by of Object.keys(TABLE[from]) as SignalName[]) {
      const to = TABLE[from][by];
      test(`${from} by ${by} is ${to}`, () => {
        const before = Object.freeze({ ...states[from] });
        const after = next(before, signals[by], policy);
        if (to === "same") expect(after).toBe(before);
        else {
          expect(after).not.toBe(before);
          expect(after.name).toBe(to);
        }
      });
    }
  }
});

describe("backing off", () => {
  test("cut_first_waitsHalfTheBaseByThisDie", () => {
    expect(next(states.open, signals.cut, policy)).toEqual({
      name: "waiting",
      failures: 1,
      barred: 0,
      trust: "kept",
      reason: cut,
      until: 1050,
      notBefore: 1000,
      next: "connecting",
    });
  });

  test("cut_again_doublesTheBound", () => {
    const state = { ...states.connecting, failures: 1 };
    expect(next(state, signals.cut, policy)).toMatchObject({ failures: 2, until: 1100 });
  });

  test("R1: cut_withRetryAfter_isNeverSooner", () => {
    const waiting = next(states.connecting, { name: "cut", problem: busy }, policy);
    expect(waiting).toMatchObject({ until: 1700, notBefore: 1700 });
    const woken = next(waiting, signals.woken, policy);
    expect(woken).toMatchObject({ name: "waiting", until: 1700 });
    expect(next(woken, signals.woken, { ...policy, now: 1700 }).name).toBe("connecting");
  });

  test("cut_beforeOpening_oftenEnough_polls", () => {
    const state = { ...states.connecting, failures: 2, barred: 2 };
    const waiting = next(state, signals.cut, policy);
    expect(waiting).toMatchObject({ next: "polling", failures: 3, barred: 3 });
    expect(next(waiting, signals.due, policy)).toMatchObject({ name: "polling", probeAt: 6000 });
    const never = { ...policy, polling: undefined };
    expect(next(state, signals.cut, never)).toMatchObject({ next: "connecting" });
  });

  test("cut_afterOpening_orWithoutAnAnswer_isNotPolledFor", () => {
    const often = { failures: 8, barred: 2 };
    const network = { name: "cut", problem: new Problem({ code: "network" }) } as const;
    for (const [state, signal] of [
      [{ ...states.open, ...often }, signals.cut],
      [{ ...states.connecting, ...often }, network],
      [
        { ...states.connecting, ...often },
        { name: "cut", problem: busy },
      ],
    ] as const) {
      const expected = { next: "connecting", failures: 9, barred: 2 };
      expect(next(state, signal, policy)).toMatchObject(expected);
    }
  });

  test("silence_afterOpening_oftenEnough_polls", () => {
    const silence = { name: "cut", problem: mute } as const;
    const state = { ...states.open, failures: 2, barred: 2 };
    expect(next(state, silence, policy)).toMatchObject({ next: "polling", barred: 3 });
  });

  test("silence_beforeOpening_pollsAtOnce", () => {
    const silence = { name: "cut", problem: mute } as const;
    expect(next(states.connecting, silence, policy)).toMatchObject({ next: "polling" });
    expect(next(states.open, silence, policy)).toMatchObject({ next: "connecting" });
  });

  test("cut_whilePolling_triesAStreamNext", () => {
    const state = { ...states.polling, failures: 7, barred: 7 };
    expect(next(state, signals.cut, policy)).toMatchObject({ next: "connecting", failures: 8 });
  });

  test("beat_forgetsFailures", () => {
    const state = { ...states.open, failures: 4, barred: 1, trust: "renewed" } as const;
    expect(next(state, signals.beat, policy)).toMatchObject(going);
  });

  test("R3: drained_waitsExactlyTheBase", () => {
    const waiting = next(states.open, signals.drained, policy);
    expect(waiting).toMatchObject({ until: 1100, notBefore: 1100, failures: 0 });
    expect(next(waiting, signals.woken, policy).name).toBe("waiting");
  });
});

describe("tokens", () => {
  test("A2: refused_once_renews_thenFails", () => {
    const renewing = next(states.connecting, signals.refused, policy);
    expect(renewing).toEqual({ ...going, name: "connecting", trust: "renewing" });
    expect(next(renewing, signals.refused, policy)).toEqual({ name: "failed", problem: cut });
  });

  test("refused_withoutSource_fails", () => {
    const without = { ...policy, hasToken: false };
    for (const name of ["connecting", "polling", "probing"] as const) {
      expect(next(states[name], signals.refused, without).name).toBe("failed");
    }
  });

  test("renewed_survivesACut_butIsNotAskedForAgain", () => {
    const renewing = next(states.connecting, signals.refused, policy);
    const waiting = next(renewing, signals.cut, policy);
    const again = next(waiting, signals.due, policy);
    expect(again).toMatchObject({ name: "connecting", trust: "renewed" });
    expect(next(again, signals.refused, policy).name).toBe("failed");
  });

  test("expired_beforeItProvedItself_backsOff", () => {
    const open = { ...states.open, trust: "renewed" } as const;
    expect(next(open, signals.expired, policy)).toMatchObject({ name: "waiting", failures: 1 });
  });
});

describe("pages", () => {
  test("paged_idle_waitsALittle", () => {
    const idle = { name: "paged", idle: true } as const;
    expect(next(states.polling, idle, policy)).toMatchObject({ at: 1010, proven: true });
    expect(next(states.polling, signals.paged, policy)).toMatchObject({ at: 1000 });
  });

  test("paged_inTime_probesTheStream", () => {
    const late = { ...policy, now: 6000 };
    expect(next(states.polling, signals.paged, late)).toEqual({ name: "probing", ...going });
  });

  test("probe_failed_pollsOn_notSoonerThanRetryAfter", () => {
    const polling = next(states.probing, { name: "cut", problem: busy }, policy);
    expect(polling).toMatchObject({ name: "polling", at: 1700, probeAt: 6000, proven: true });
  });
});
