import { describe, expect, test } from "vitest";
import { colourJson } from "./colourJson";
import { formatBytes, formatCount, formatDuration, formatSpan, parseTime } from "./format";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

test.each([
  [-5 * second, "0 s"],
  [0, "0 s"],
  [59_999, "59 s"],
  [minute, "1 min"],
  [3 * hour - 1, "2 h"],
  [50 * hour, "2 d"],
])("formatSpan_%i_is %s", (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});

test.each([
  [0, "0 s"],
  [42 * second, "42 s"],
  [2 * minute, "2 min"],
  [2 * minute + 5 * second, "2 min 5 s"],
  [hour + 12 * minute + 30 * second, "1 h 12 min"],
  [49 * hour, "2 d 1 h"],
])("formatDuration_%i_is %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [0, "0 B"],
  [1023, "1,023 B"],
  [1024, "1 KiB"],
  [1.5 * 1024 ** 2, "1.5 MiB"],
  [123.456 * 1024 ** 3, "123 GiB"],
  [1023.7 * 1024, "1,024 KiB"],
  [5000 * 1024 ** 4, "5,000 TiB"],
])("formatBytes_%d_is %s", (value, text) => {
  expect(formatBytes(value)).toBe(text);
});

test("formatCount_thousands_areGrouped", () => {
  expect(formatCount(1234567)).toBe("1,234,567");
});

test("parseTime_whatIsNoTime_isNull", () => {
  expect(parseTime("soon")).toBeNull();
  expect(parseTime(7)).toBeNull();
  expect(parseTime("2026-01-05T10:00:00Z")).toEqual(new Date(Date.UTC(2026, 0, 5, 10)));
});

describe("colourJson", () => {
  test("pieces_together_areTheText", () => {
    const json = JSON.stringify({ 'a"b': [1, -2.5e3, null, true, "x: y"], c: {} }, null, 2);
    expect(
      colourJson(json)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(json);
  });

  test("pieces_areToldApart", () => {
    const kinds = colourJson('{"k": "v", "n": 1}').flatMap(({ kind, text }) =>
      kind === null ? [] : [[kind, text]],
    );
    expect(kinds).toEqual([
      ["key", '"k":'],
      ["text", '"v"'],
      ["key", '"n":'],
      ["other", "1"],
    ]);
  });
});
