import { expect, test } from "vitest";
import { differences } from "./differences";

test("parts_thatDiffer_areNamedByPointer", () => {
  const before = { a: 1, b: { c: [1, 2], "x/y": true }, gone: null };
  const after = { a: 2, b: { c: [1, 2, 3], "x/y": false }, come: "here" };
  expect(differences(before, after)).toEqual([
    { pointer: "/a", before: 1, after: 2 },
    { pointer: "/b/c/2", before: undefined, after: 3 },
    { pointer: "/b/x~1y", before: true, after: false },
    { pointer: "/gone", before: null, after: undefined },
    { pointer: "/come", before: undefined, after: "here" },
  ]);
});

test("anotherKindOfValue_isOneDifference", () => {
  expect(differences([1], { 0: 1 })).toEqual([{ pointer: "", before: [1], after: { 0: 1 } }]);
  expect(differences(undefined, 1)).toEqual([{ pointer: "", before: undefined, after: 1 }]);
});

test("theSame_isNone_andManyAreBounded", () => {
  expect(differences({ a: [] }, { a: [] })).toEqual([]);
  expect(differences([1, 2, 3], [4, 5, 6], 2)).toHaveLength(2);
});
