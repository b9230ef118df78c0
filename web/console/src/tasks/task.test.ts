import type { TaskDetail, TopicState } from "@freshet/client";
import { describe, expect, test } from "vitest";
import { faultsOf, isReady, newDraft, toTask } from "./draft";
import { most, noted, prolonged, type Sample } from "./rates";
import { validateTasksSearch } from "./search";
import { amount, share, shareOf, tasksOf, titleOf } from "./task";

function task(id: string, more: Partial<TaskDetail> = {}): TaskDetail {
  return {
    id,
    kind: "transfer",
    name: null,
    status: "running",
    params: {},
    owner: "ann",
    createdAt: "2026-01-05T10:00:00Z",
    startedAt: null,
    finishedAt: null,
    progress: {
      bytesDone: 0,
      bytesTotal: null,
      filesDone: 0,
      filesTotal: 1,
      bytesPerSecond: 512,
      etaSeconds: null,
    },
    subtasks: [],
    error: null,
    retryOf: null,
    ...more,
  };
}

const subtask = (name: string) => ({
  id: name,
  name,
  status: "pending" as const,
  bytesDone: 0,
  bytesTotal: null,
  bytesPerSecond: 0,
  attempts: 0,
  sha256: null,
  error: null,
});

describe("tasksOf", () => {
  const state = (value: unknown) => ({ value }) as TopicState;

  test("tasks_areNewestFirst_byId", () => {
    const states = new Map([
      ["tasks/b", state(task("b"))],
      ["tasks/a", state(task("a"))],
    ]);
    expect(tasksOf(states).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test.each([null, 7, {}, { id: "x", status: "odd", progress: {}, subtasks: [] }, { id: "x" }])(
    "%j_isNoTask",
    (value) => {
      expect(tasksOf(new Map([["tasks/x", state(value)]]))).toEqual([]);
    },
  );
});

describe("titleOf", () => {
  test("name_wins", () => {
    expect(titleOf(task("a", { name: "atlas", subtasks: [subtask("x")] }))).toBe("atlas");
  });

  test("nameless_isCalledByItsFiles", () => {
    expect(titleOf(task("a", { subtasks: [subtask("x")] }))).toBe("x");
    expect(titleOf(task("a", { subtasks: [subtask("x"), subtask("y")] }))).toBe("x and 1 more");
    expect(titleOf(task("a"))).toBe("transfer");
  });
});

test("share_isKnownWithATotal", () => {
  expect(share({ bytesDone: 5, bytesTotal: null })).toBeNull();
  expect(share({ bytesDone: 5, bytesTotal: 20 })).toBe(0.25);
  expect(share({ bytesDone: 0, bytesTotal: 0 })).toBe(1);
});

test("share_ofATaskThatEndedWithoutItsTotal_isThatOfItsFiles", () => {
  const progress = { ...task("a").progress, filesDone: 1, filesTotal: 4 };
  expect(shareOf(task("a", { progress }))).toBeNull();
  expect(shareOf(task("a", { progress, status: "failed" }))).toBe(0.25);
});

test("amount_saysTheTotalWhereItIsKnown", () => {
  expect(amount({ bytesDone: 1024, bytesTotal: null })).toBe("1 KiB");
  expect(amount({ bytesDone: 1024, bytesTotal: 2048 })).toBe("1 KiB of 2 KiB");
  expect(amount({ bytesDone: 2048, bytesTotal: 2048 })).toBe("2 KiB");
});

describe("rates", () => {
  test("whatRuns_isNoted_andHolds", () => {
    const samples = noted([], task("a"), 1_000);
    expect(samples).toEqual([{ time: 1_000, rate: 512 }]);
    expect(prolonged(samples, 3_000)).toEqual([...samples, { time: 3_000, rate: 512 }]);
  });

  test("silence_isAGap_once", () => {
    const cut = noted(noted([], task("a"), 1_000), null, 2_000);
    expect(cut.at(-1)).toEqual({ time: 2_000, rate: null });
    expect(noted(cut, null, 3_000)).toBe(cut);
    expect(prolonged(cut, 3_000)).toBe(cut);
  });

  test("ended_beforeItWasSeen_hasNone", () => {
    expect(noted([], task("a", { status: "completed" }), 1_000)).toEqual([]);
  });

  test("moreThanThePageKeeps_theOldestGo", () => {
    let samples: readonly Sample[] = [];
    for (let i = 0; i < most + 2; i++) samples = noted(samples, task("a"), i);
    expect(samples).toHaveLength(most);
    expect(samples[0]?.time).toBe(2);
  });
});

describe("draft", () => {
  const sum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  const draft = { ...newDraft(), sources: `\n https://a.example/x  ${sum}\nfile:/b/y\n` };

  test("lines_areSources", () => {
    expect(isReady(draft)).toBe(true);
    expect(toTask(draft)).toEqual({
      kind: "transfer",
      params: { sources: [{ url: "https://a.example/x", sha256: sum }, { url: "file:/b/y" }] },
    });
  });

  test("fields_areParams", () => {
    const full = {
      ...draft,
      sources: "http://a.example/x",
      name: " atlas ",
      authorization: "Bearer t",
      root: "incoming",
      directory: "grids/7",
      bandwidth: "0.5",
      overwrite: true,
    };
    expect(toTask(full)).toEqual({
      kind: "transfer",
      name: "atlas",
      params: {
        sources: [{ url: "http://a.example/x", authorization: "Bearer t" }],
        root: "incoming",
        directory: "grids/7",
        bandwidth: 512 * 1024,
        overwrite: true,
      },
    });
  });

  test.each([
    ["ftp://a.example/x", "Line 1 is not a URL"],
    ["\nexample.org", "Line 2 is not a URL"],
    ["https://a.example/x abc", "Line 1: after the URL"],
    [`https://a.example/x ${sum} more`, "Line 1: after the URL"],
  ])("'%s'_isToldWhere", (sources, fault) => {
    expect(faultsOf({ ...draft, sources }).sources).toContain(fault);
    expect(isReady({ ...draft, sources })).toBe(false);
  });

  test.each(["0", "-1", "fast", "0.0001"])("bandwidth_%s_isNone", (bandwidth) => {
    expect(faultsOf({ ...draft, bandwidth }).bandwidth).toBeDefined();
  });

  test("nothingYet_isNotReady_andNotWrong", () => {
    expect(isReady(newDraft())).toBe(false);
    expect(faultsOf(newDraft())).toEqual({});
  });
});

test.each([
  [{}, {}],
  [{ status: "failed" }, { status: ["failed"] }],
  [{ status: ["failed", "odd", "running"] }, { status: ["running", "failed"] }],
])("search_%j_is %j", (search, validated) => {
  expect(validateTasksSearch(search)).toEqual(validated);
});
