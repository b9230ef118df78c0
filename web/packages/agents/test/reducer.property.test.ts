import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AgentEvent, type Execution, isOver, reduce, reduceAll, type Step } from "../src/core";
import { derive } from "./support/derive";
import { anyPrefix, anyRun } from "./support/random-run";
import { deepFreeze } from "./support/runs";

const RUNS = { numRuns: 300 };
const RANK = { pending: 0, running: 1, completed: 2, failed: 2, cancelled: 2 };

describe("reduceAll", () => {
  test("anyPrefixOfAnyRun_isWhatTheProtocolSays_andMutatesNothing", () => {
    fc.assert(
      fc.property(anyPrefix, ([events, length]) => {
        const prefix = deepFreeze(events.slice(0, Math.max(1, length)));
        expect(reduceAll(undefined, prefix)).toEqual(derive(prefix));
      }),
      RUNS,
    );
  });

  test("oneByOne_orInAnyPieces_isTheSame", () => {
    fc.assert(
      fc.property(anyRun, fc.array(fc.integer({ min: 1, max: 30 })), (events, sizes) => {
        const whole = reduceAll(undefined, events);
        expect(events.reduce<Execution | undefined>(frozenStep, undefined)).toEqual(whole);
        expect(inPieces(events, sizes)).toEqual(whole);
      }),
      RUNS,
    );
  });

  test("U1: snapshotAtAnyPrefix_thenTheRest_isTheWhole_whateverWasHeldBefore", () => {
    fc.assert(
      fc.property(anyPrefix, anyRun, ([events, length], other) => {
        const at = Math.max(1, length);
        const snapshot = reduceAll(undefined, events.slice(0, at)) as Execution;
        const data = JSON.parse(JSON.stringify(snapshot)) as Execution;
        const held = reduceAll(undefined, other);
        const joined = reduceAll(held, [{ type: "execution:snapshot", data }, ...events.slice(at)]);
        expect(joined).toEqual(reduceAll(undefined, events));
      }),
      RUNS,
    );
  });

  test("withoutDeltas_everyThoughtThatIsWhole_isTheSame", () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const rest = events.filter(({ type }) => type !== "thinking:delta");
        const texts = (run: Execution | undefined) =>
          run?.steps.flatMap((step) =>
            step.kind === "thinking" && step.status === "completed" ? [step.text] : [],
          );
        const [less, all] = [reduceAll(undefined, rest), reduceAll(undefined, events)];
        expect(texts(less)?.toSorted()).toEqual(texts(all)?.toSorted());
      }),
      RUNS,
    );
  });
});

describe("along any run", () => {
  test("G3: phases_neverGoBack_andOneIsOpenAtATime", () => {
    eachStep((before, after) => {
      for (const [at, phase] of before.phases.entries()) {
        const next = after.phases[at];
        expect(next?.id).toBe(phase.id);
        expect(RANK[next?.status ?? "pending"]).toBeGreaterThanOrEqual(RANK[phase.status]);
      }
      const open = after.phases.filter(({ status }) => status === "running");
      expect(open.map(({ id }) => id)).toEqual(after.currentPhase ? [after.currentPhase] : []);
    });
  });

  test("steps_stayInTheirOrder_andWhatAnEventDoesNotTouchIsTheSameObject", () => {
    eachStep((before, after, event) => {
      expect(after.steps.length).toBeGreaterThanOrEqual(before.steps.length);
      const reached = isOver(after.status) ? before.steps.map(idOf) : [touchedBy(event)];
      for (const [at, step] of before.steps.entries()) {
        if (!reached.includes(idOf(step))) expect(after.steps[at]).toBe(step);
      }
    });
  });

  test("delta_leavesAllButTheStepsTheSameObjects", () => {
    eachStep((before, after, { type }) => {
      if (type !== "thinking:delta") return;
      const { steps, sequence, ...others } = after;
      for (const [name, part] of Object.entries(others)) {
        expect(before[name as keyof Execution], name).toBe(part);
      }
    });
  });

  test("G6: onceItIsOver_nothingIsOpen", () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const run = reduceAll(undefined, events) as Execution;
        fc.pre(isOver(run.status));
        const open = /^(?:running|waiting|approved)$/;
        for (const { status } of [...run.steps, ...run.phases]) expect(status).not.toMatch(open);
        expect(run.currentPhase).toBeNull();
      }),
      RUNS,
    );
  });
});

function idOf(step: Step): string {
  return step.kind === "thinking" ? step.thoughtId : step.callId;
}

function touchedBy({ data }: AgentEvent): string | undefined {
  if ("thoughtId" in data) return data.thoughtId;
  return "callId" in data ? data.callId : undefined;
}

function frozenStep(run: Execution | undefined, event: AgentEvent): Execution | undefined {
  return deepFreeze(reduce(run, event));
}

function inPieces(events: readonly AgentEvent[], sizes: readonly number[]): Execution | undefined {
  let run: Execution | undefined;
  let rest = events;
  for (const size of [...sizes, events.length]) {
    run = deepFreeze(reduceAll(run, rest.slice(0, size)));
    rest = rest.slice(size);
  }
  return run;
}

function eachStep(check: (before: Execution, after: Execution, event: AgentEvent) => void): void {
  fc.assert(
    fc.property(anyRun, ([first, ...events]) => {
      let before = reduce(undefined, first as AgentEvent) as Execution;
      for (const event of events) {
        const after = reduce(before, event) as Execution;
        check(before, after, event);
        before = after;
      }
    }),
    { numRuns: 200 },
  );
}
