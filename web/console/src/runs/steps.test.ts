import { type AgentEvent, reduceAll } from "@freshet/agents";
import { expect, test } from "vitest";
import planned from "../../../../conformance/agents/planned.json";
import { storyOf } from "./steps";

const events = planned as unknown as readonly AgentEvent[];
const lastOf = (until: number) => {
  const run = reduceAll(undefined, events.slice(0, until));
  if (run === undefined) throw new Error("no run");
  return run;
};

test("story_ofEachPrefix_tellsEachStepOnce_andGrowsAtItsEnd", () => {
  let before: readonly string[] = [];
  for (let until = 1; until <= events.length; until++) {
    const run = lastOf(until);
    const keys = storyOf(run).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toBe("task");
    if (run.finishedAt === null) {
      expect(keys.slice(0, before.length)).toEqual(before);
      expect(keys.filter((key) => /^(thought|call) /.test(key))).toHaveLength(run.steps.length);
    } else {
      expect(keys.at(-1)).toBe("end");
    }
    before = keys;
  }
});

test("story_phasesStand_beforeTheirFirstStep", () => {
  const rows = storyOf(lastOf(events.length));
  for (const [at, row] of rows.entries()) {
    if (row.kind !== "step" || row.step.phaseId === null) continue;
    const { phaseId } = row.step;
    const phase = rows.findIndex(({ key }) => key === `phase ${phaseId}`);
    expect(phase).toBeGreaterThan(0);
    expect(phase).toBeLessThan(at);
  }
});

test("story_answerThatIsTheResult_isToldOnce", () => {
  const run = lastOf(events.length);
  const thought = {
    kind: "thinking",
    thoughtId: "last",
    phaseId: null,
    iteration: 9,
    thinking: "answer",
    text: "All done",
    status: "completed",
    startedAt: run.startedAt,
  } as const;
  const ended = { ...run, status: "completed", result: "All done" } as const;
  const keys = (text: string) =>
    storyOf({ ...ended, steps: [...run.steps, { ...thought, text }] }).map(({ key }) => key);
  expect(keys("All done")).not.toContain("thought last");
  expect(keys("Nearly done")).toContain("thought last");
});
