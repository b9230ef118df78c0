import { Problem } from "@freshet/client";
import { describe, expect, test } from "vitest";
import { newKey, parseData } from "./draft";
import { sortFaults } from "./faults";
import { validateStreamsSearch } from "./search";
import { shortTopic } from "./shortTopic";

const pointers = { topic: "topic", type: "type" } as const;
const codes = { invalid_topic: "topic" } as const;

function sort(problem: ConstructorParameters<typeof Problem>[0]) {
  return sortFaults<"topic" | "type">(new Problem(problem), pointers, codes);
}

describe("sortFaults", () => {
  test("code_aboutAField_standsThere", () => {
    const { fields, rest } = sort({ code: "invalid_topic", status: 422, detail: "'a b' is none" });
    expect(fields).toEqual({ topic: "'a b' is none" });
    expect(rest).toBeNull();
  });

  test("parts_thatPointAtFields_standThere", () => {
    const errors = [
      { pointer: "/0/type", detail: "is too long" },
      { pointer: "topic", detail: "is missing" },
    ];
    const { fields, rest } = sort({ code: "invalid_request", status: 422, errors });
    expect(fields).toEqual({ type: "is too long", topic: "is missing" });
    expect(rest).toBeNull();
  });

  test("part_thatPointsElsewhere_isNotLost", () => {
    const errors = [{ pointer: "/time", detail: "is no time" }];
    expect(sort({ code: "invalid_request", status: 422, errors }).rest).not.toBeNull();
  });

  test("code_aboutNoField_isNotLost", () => {
    expect(sort({ code: "rate_limited", status: 429 }).rest?.code).toBe("rate_limited");
  });
});

describe("draft", () => {
  test("parseData_noText_isNoData", () => {
    expect(parseData(" \n")).toEqual({ value: undefined, fault: null });
  });

  test("parseData_json_isItsValue", () => {
    expect(parseData('{"total": 12}')).toEqual({ value: { total: 12 }, fault: null });
    expect(parseData("null")).toEqual({ value: null, fault: null });
  });

  test("parseData_otherText_saysWhy", () => {
    expect(parseData("{total: 12}").fault).toMatch(/^Not JSON: /);
  });

  test("newKey_isAnotherEachTime_andValid", () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(newKey()).not.toBe(newKey());
  });
});

describe("validateStreamsSearch", () => {
  test.each([
    [{}, {}],
    [{ topic: "a/**" }, { topic: ["a/**"] }],
    [{ topic: ["a", 7, ""], type: [] }, { topic: ["a"] }],
    [
      { type: ["x"], from: "start" },
      { type: ["x"], from: "start" },
    ],
    [{ from: "elsewhere", topic: 7 }, {}],
  ])("%o_is %o", (search, valid) => {
    expect(validateStreamsSearch(search)).toEqual(valid);
  });
});

test("shortTopic_uuids_areCutShort", () => {
  const uuid = "5642272e-0b2e-43a6-9c77-2a15dbc08459";
  expect(shortTopic(`instruments/m12/acquisitions/${uuid}/grids/${uuid}`)).toBe(
    "instruments/m12/acquisitions/5642272e…/grids/5642272e…",
  );
  expect(shortTopic("orders/7")).toBe("orders/7");
});
