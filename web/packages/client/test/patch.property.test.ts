import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../src/json";
import { applyPatch, type PatchOperation } from "../src/patch/apply";
import { isEqual, share } from "../src/patch/equal";
import { applyMutably } from "./support/naive-patch";

const name = fc.constantFrom("a", "b", "c", "~", "/", "", "0", "1", "toString");
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constantFrom<Json>(null, true, 0, 1, "x", "y"),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const token = fc.oneof(name, fc.constantFrom("0", "1", "2", "-", "__proto__", "length"));
const pointer = fc
  .array(token, { maxLength: 4 })
  .map((tokens) => tokens.map((it) => `/${escaped(it)}`).join(""));
const operation = fc.oneof(
  fc.record({ op: fc.constantFrom("add", "replace", "test"), path: pointer, value: json }),
  fc.record({ op: fc.constantFrom("move", "copy"), from: pointer, path: pointer }),
  fc.record({ op: fc.constant("remove"), path: pointer }),
) as fc.Arbitrary<PatchOperation>;

function escaped(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}

describe("applyPatch", () => {
  test("anyPatch_onAnyValue_appliesWholeOrThrows_andMutatesNothing", () => {
    fc.assert(
      fc.property(json, fc.array(operation, { maxLength: 5 }), (value, patch) => {
        deepFreeze(value);
        deepFreeze(patch);
        const applied = attempt(() => applyPatch(value, patch));
        const expected = attempt(() => applyMutably(structuredClone(value), patch));
        expect(applied).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("partsThatNoOperationReached_areTheSameObjects", () => {
    fc.assert(
      fc.property(fc.dictionary(name, json, { noNullPrototype: true }), operation, (value, it) => {
        const applied = attempt(() => applyPatch(value, [it]));
        fc.pre(applied !== FAILED && it.path !== "");
        const reached = [it.path, "from" in it ? it.from : ""].map((path) =>
          path.split("/")[1]?.replaceAll("~1", "/").replaceAll("~0", "~"),
        );
        for (const key of Object.keys(value).filter((it) => !reached.includes(it))) {
          expect((applied as Record<string, Json>)[key]).toBe(value[key]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("share", () => {
  test("anyTwo_isTheNextOne_andThePreviousWhereTheyAreEqual", () => {
    fc.assert(
      fc.property(json, json, (previous, following) => {
        const shared = share(previous, following);
        expect(shared).toEqual(following);
        expect(shared === previous).toBe(isEqual(previous, following));
      }),
      { numRuns: 1000 },
    );
  });

  test("aPatchedCopy_sharesAsMuchAsThePatch", () => {
    fc.assert(
      fc.property(json, operation, (value, it) => {
        const applied = attempt(() => applyPatch(value, [it]));
        fc.pre(applied !== FAILED);
        expect(share(value, structuredClone(applied) as Json)).toEqual(applied);
      }),
    );
  });
});

const FAILED = Symbol("failed");

function attempt(run: () => Json): Json | typeof FAILED {
  try {
    return run();
  } catch {
    return FAILED;
  }
}

function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const part of Object.values(value)) deepFreeze(part);
  Object.freeze(value);
}
