import { describe, expect, test } from "vitest";
import { faultsOf, isReady, newDraft, readAttached, toRequest, withFile } from "./draft";
import {
  formatCost,
  formatTaken,
  formatTook,
  formatUsage,
  hasReference,
  mayChange,
  phasesDone,
  titleOf,
  took,
} from "./run";
import { validateRunsSearch } from "./search";
import { membersOf, partOf, preview } from "./values";

test.each([
  ["Make a page\nwith a form", "Make a page"],
  ["  \n ", "Untitled run"],
  ["x".repeat(200), `${"x".repeat(120)}…`],
])("title_%j", (task, title) => {
  expect(titleOf({ task })).toBe(title);
});

test.each([
  [0, "0 ms"],
  [240.4, "240 ms"],
  [1_550, "1.5 s"],
  [9_999, "9.9 s"],
  [65_000, "1 min 5 s"],
])("took_%i_is '%s'", (ms, text) => {
  expect(formatTook(ms)).toBe(text);
});

test("took_countsUntilNow_andNotBackwards", () => {
  const startedAt = "2026-01-05T10:00:00.000Z";
  const now = Date.parse(startedAt) + 5_000;
  expect(took({ startedAt, duration: null }, now)).toBe(5_000);
  expect(took({ startedAt, duration: 70 }, now)).toBe(70);
  expect(took({ startedAt, duration: null }, now - 60_000)).toBe(0);
  expect(formatTaken({ startedAt, duration: null }, now)).toBe("5 s");
  expect(formatTaken({ startedAt, duration: 70 }, now)).toBe("70 ms");
});

test("cost_thatIsNotKnown_isNotNothing", () => {
  const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 1_200, iterations: 1 };
  expect(formatCost(null)).toBe("–");
  expect(formatCost(0)).toBe("$0.00");
  expect(formatCost(0.01234)).toBe("$0.0123");
  expect(formatUsage({ ...usage, cost: null })).toBe("1,200 tokens");
  expect(formatUsage({ ...usage, cost: 2 })).toBe("1,200 tokens · $2.00");
});

test("phases_doneOfAll", () => {
  const phase = { id: "a", name: "a", index: 0, startedAt: null, duration: null };
  expect(phasesDone({ phases: [] })).toBe("");
  expect(
    phasesDone({
      phases: [
        { ...phase, status: "completed" },
        { ...phase, status: "failed" },
      ],
    }),
  ).toBe("1 of 2 phases");
});

test.each([
  ["ann", [], true],
  ["bob", [], false],
  ["bob", ["**"], false],
  ["bob", ["*/runs/*"], false],
  ["bob", ["$agents/**"], true],
  ["bob", ["$agents/runs/*"], true],
  ["bob", ["$agents/*"], false],
  ["bob", ["$agents/runs/r1"], true],
  ["bob", ["$agents/runs/r1/x"], false],
  ["bob", ["$agents/runs/r2"], false],
])("mayChange_%s_writing%j_is %s", (subject, write, may) => {
  expect(mayChange({ owner: "ann", executionId: "r1" }, { subject, write })).toBe(may);
});

const reference = { preview: "abc", bytes: 9_000, href: "results/c1" };

test("reference_isFoundHoweverDeep", () => {
  expect(hasReference({ a: [{ b: reference }] })).toBe(true);
  expect(hasReference({ a: [{ preview: "abc" }], b: null })).toBe(false);
  expect(hasReference(null)).toBe(false);
});

describe("values", () => {
  test("preview_isOneLine", () => {
    expect(preview({ path: "a.txt", content: "one\n\ttwo", size: 3, whole: reference })).toBe(
      "a.txt · one two · 3 · abc",
    );
    expect(preview({ content: "x".repeat(1_000) })).toHaveLength(200);
  });

  test("strings_areTextOfTheirOwn", () => {
    expect(membersOf({ path: "a", mode: { x: 1 }, whole: reference })).toEqual([
      ["path", { kind: "text", text: "a", bytes: null }],
      ["mode", { kind: "json", json: '{"x":1}' }],
      ["whole", { kind: "text", text: "abc", bytes: 9_000 }],
    ]);
    expect(membersOf({ bytes: 1 })).toBeNull();
    expect(membersOf(["a"])).toBeNull();
    expect(membersOf(reference)).toBeNull();
    expect(partOf(undefined)).toEqual({ kind: "json", json: "null" });
  });
});

describe("draft", () => {
  const greatest = { iterations: 20, seconds: 600, tokens: 1_000, cost: null };
  const draft = { ...newDraft(), task: " Make a page \n" };

  test("taskAlone_isTheRequest", () => {
    expect(toRequest(draft)).toEqual({ task: "Make a page" });
    expect(isReady(draft, greatest)).toBe(true);
    expect(isReady(newDraft(), greatest)).toBe(false);
  });

  test("fields_areContextAndLimits", () => {
    const files = withFile([], { path: "a.csv", content: "a" });
    const full = {
      ...draft,
      model: "scripted",
      text: "In English",
      files: withFile(files, { path: "a.csv", content: "b" }),
      limits: { iterations: " 5 ", seconds: "", tokens: "", cost: "0.5" },
    };
    expect(faultsOf(full, greatest)).toEqual({});
    expect(toRequest(full)).toEqual({
      task: "Make a page",
      model: "scripted",
      context: { text: "In English", files: [{ path: "a.csv", content: "b" }] },
      limits: { iterations: 5, cost: 0.5 },
    });
  });

  test.each([
    ["iterations", "0", "A number above 0"],
    ["iterations", "1.5", "A number above 0"],
    ["seconds", "soon", "A number above 0"],
    ["tokens", "1001", "At most 1000"],
  ] as const)("%s_%s_isToldWhy", (name, text, fault) => {
    const wrong = { ...draft, limits: { ...draft.limits, [name]: text } };
    expect(faultsOf(wrong, greatest)).toEqual({ [name]: fault });
    expect(isReady(wrong, greatest)).toBe(false);
  });

  test("attached_textIsTaken_allElseRefused", async () => {
    await expect(readAttached(new File(["a,b\n1,2"], "a.csv"))).resolves.toEqual({
      path: "a.csv",
      content: "a,b\n1,2",
    });
    const binary = new File([new Uint8Array([0xff, 0xd8, 0])], "a.jpg");
    await expect(readAttached(binary)).rejects.toThrow("a.jpg is no text");
    await expect(readAttached(new File(["a\0b"], "nul"))).rejects.toThrow("nul is no text");
    const large = new File([new Uint8Array(5 * 1024 * 1024)], "large");
    await expect(readAttached(large)).rejects.toThrow("larger than 4 MiB");
  });
});

test.each([
  [{}, {}],
  [{ status: "failed" }, { status: ["failed"] }],
  [{ status: ["waiting", "odd", "running"] }, { status: ["running", "waiting"] }],
])("search_%j_is %j", (search, validated) => {
  expect(validateRunsSearch(search)).toEqual(validated);
});
