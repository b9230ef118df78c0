import { describe, expect, test } from "vitest";
import type { Json } from "../src/json";
import { applyPatch, type PatchOperation } from "../src/patch/apply";
import { isEqual, share } from "../src/patch/equal";
import { PatchFailure } from "../src/patch/failure";

type Row = readonly [name: string, value: Json, patch: readonly unknown[], expected: Json];

const GOOD: readonly Row[] = [
  ["add_member", { a: 1 }, [{ op: "add", path: "/b", value: 2 }], { a: 1, b: 2 }],
  ["add_existingMember_replaces", { a: 1 }, [{ op: "add", path: "/a", value: 2 }], { a: 2 }],
  ["add_element", [1, 3], [{ op: "add", path: "/1", value: 2 }], [1, 2, 3]],
  ["add_atLength_appends", [1], [{ op: "add", path: "/1", value: 2 }], [1, 2]],
  ["add_dash_appends", [1], [{ op: "add", path: "/-", value: [2] }], [1, [2]]],
  ["add_root_replaces", { a: 1 }, [{ op: "add", path: "", value: null }], null],
  ["add_null", {}, [{ op: "add", path: "/a", value: null }], { a: null }],
  ["add_emptyName", {}, [{ op: "add", path: "/", value: 1 }], { "": 1 }],
  ["remove_member", { a: 1, b: 2 }, [{ op: "remove", path: "/a" }], { b: 2 }],
  ["remove_element", [1, 2, 3], [{ op: "remove", path: "/1" }], [1, 3]],
  [
    "replace_deep",
    { a: [{ b: 1 }] },
    [{ op: "replace", path: "/a/0/b", value: 2 }],
    { a: [{ b: 2 }] },
  ],
  ["replace_root", 1, [{ op: "replace", path: "", value: [2] }], [2]],
  [
    "move_member",
    { a: { b: 1 }, c: {} },
    [{ op: "move", from: "/a/b", path: "/c/d" }],
    { a: {}, c: { d: 1 } },
  ],
  ["move_element", [1, 2, 3, 4], [{ op: "move", from: "/1", path: "/3" }], [1, 3, 4, 2]],
  ["move_toItself", { a: 1 }, [{ op: "move", from: "/a", path: "/a" }], { a: 1 }],
  ["copy_root", { a: 1 }, [{ op: "copy", from: "", path: "/b" }], { a: 1, b: { a: 1 } }],
  [
    "test_ignoresMemberOrder",
    { a: { x: 1, y: [2] } },
    [{ op: "test", path: "/a", value: { y: [2], x: 1 } }],
    { a: { x: 1, y: [2] } },
  ],
  [
    "escapes_inOrder",
    { "~1": 1, "/": 2 },
    [
      { op: "remove", path: "/~01" },
      { op: "replace", path: "/~1", value: 3 },
    ],
    { "/": 3 },
  ],
  ["indexLikeMember_isAMember", { "0": 1 }, [{ op: "replace", path: "/0", value: 2 }], { "0": 2 }],
  ["unknownMembers_areIgnored", {}, [{ op: "add", path: "/a", value: 1, note: "x" }], { a: 1 }],
  ["none_isNoChange", { a: 1 }, [], { a: 1 }],
];

const BAD: readonly (readonly [name: string, value: Json, operation: unknown])[] = [
  ["add_parentMissing", {}, { op: "add", path: "/a/b", value: 1 }],
  ["add_pastLength", [1], { op: "add", path: "/2", value: 1 }],
  ["add_leadingZero", [1, 2], { op: "add", path: "/01", value: 1 }],
  ["add_negative", [1], { op: "add", path: "/-1", value: 1 }],
  ["add_exponent", [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1], { op: "add", path: "/1e1", value: 1 }],
  ["add_nameInArray", [1], { op: "add", path: "/x", value: 1 }],
  ["add_intoScalar", { a: "text" }, { op: "add", path: "/a/0", value: 1 }],
  ["add_withoutValue", {}, { op: "add", path: "/a" }],
  ["replace_missing", {}, { op: "replace", path: "/a", value: 1 }],
  ["replace_dash", [1], { op: "replace", path: "/-", value: 1 }],
  ["replace_inherited", {}, { op: "replace", path: "/toString", value: 1 }],
  ["remove_missing", {}, { op: "remove", path: "/a" }],
  ["remove_pastEnd", [1], { op: "remove", path: "/1" }],
  ["remove_fromEmpty", [], { op: "remove", path: "/0" }],
  ["remove_length", [1], { op: "remove", path: "/length" }],
  ["remove_root", {}, { op: "remove", path: "" }],
  ["move_intoItself", { a: { b: {} } }, { op: "move", from: "/a", path: "/a/b/c" }],
  ["move_missing", {}, { op: "move", from: "/a", path: "/b" }],
  ["move_withoutFrom", { a: 1 }, { op: "move", path: "/b" }],
  ["copy_missing", {}, { op: "copy", from: "/a", path: "/b" }],
  ["test_differs", { a: 1 }, { op: "test", path: "/a", value: "1" }],
  ["test_missing", {}, { op: "test", path: "/a", value: 1 }],
  ["pointer_noSlash", { a: 1 }, { op: "remove", path: "a" }],
  ["pointer_badEscape", { "~2": 1 }, { op: "remove", path: "/~2" }],
  ["pointer_notText", { 1: 1 }, { op: "remove", path: 1 }],
  ["op_unknown", {}, { op: "merge", path: "", value: {} }],
  ["op_missing", {}, { path: "", value: {} }],
  ["proto_add", {}, { op: "add", path: "/__proto__", value: { polluted: true } }],
  ["proto_through", {}, { op: "add", path: "/__proto__/polluted", value: true }],
  [
    "proto_throughConstructor",
    {},
    { op: "add", path: "/constructor/prototype/polluted", value: true },
  ],
  ["proto_from", {}, { op: "copy", from: "/__proto__", path: "/a" }],
];

describe("applyPatch", () => {
  test.each(GOOD)("%s", (_, value, patch, expected) => {
    const before = structuredClone(value);
    expect(applyPatch(value, patch as PatchOperation[])).toEqual(expected);
    expect(value).toEqual(before);
  });

  test.each(BAD)("S4: %s_fails", (_, value, operation) => {
    const before = structuredClone(value);
    const patch = [{ op: "copy", from: "", path: "" }, operation] as PatchOperation[];
    expect(() => applyPatch(value, patch)).toThrow(PatchFailure);
    expect(value).toEqual(before);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });

  test("untouchedParts_keepTheirIdentity", () => {
    const before = { a: { x: [1] }, b: [{ y: 1 }, { z: 2 }], c: {} };
    const after = applyPatch(before, [
      { op: "replace", path: "/b/0/y", value: 9 },
    ]) as typeof before;
    expect(after.a).toBe(before.a);
    expect(after.c).toBe(before.c);
    expect(after.b[1]).toBe(before.b[1]);
    expect(after.b[0]).not.toBe(before.b[0]);
  });
});

describe("share", () => {
  test("equal_isThePreviousOne", () => {
    const previous = { a: [1, { b: null }], c: "x" };
    expect(share(previous, structuredClone(previous))).toBe(previous);
  });

  test("changed_keepsTheEqualParts", () => {
    const previous = { a: [{ b: 1 }, { b: 2 }], c: { d: 1 } };
    const shared = share(previous, { a: [{ b: 1 }, { b: 3 }], c: { d: 1 } }) as typeof previous;
    expect(shared).toEqual({ a: [{ b: 1 }, { b: 3 }], c: { d: 1 } });
    expect(shared.a[0]).toBe(previous.a[0]);
    expect(shared.c).toBe(previous.c);
  });

  test("removedMember_isAChange", () => {
    expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
    expect(share([1, 2], [1])).toEqual([1]);
  });

  test("inheritedNames_areNoMembers", () => {
    expect(isEqual({ toString: 1 }, { valueOf: 1 })).toBe(false);
    expect(share({}, { constructor: 1 })).toEqual({ constructor: 1 });
  });
});
