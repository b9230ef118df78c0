import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, expectTypeOf, test } from "vitest";
import { typesOf } from "../types.mjs";
import type {
  Depot,
  Moved,
  Parcel,
  ParcelEvents,
  ParcelEventType,
  ParcelSpeed,
  Place,
  Road,
  Taken,
} from "./parcels";
import { PARCEL_EVENT_TYPES } from "./parcels";

const generate = fileURLToPath(new URL("../generate.mjs", import.meta.url));

function lengthOf(place: Place): number {
  switch (place.kind) {
    case "road":
      return place.km;
    case "depot":
      expectTypeOf(place).toEqualTypeOf<Depot>();
      return place.town.length;
  }
}

describe("the types of records", () => {
  test("parcels_areWhatTheirSchemaMakes", { timeout: 60_000 }, async () => {
    await promisify(execFile)(process.execPath, [generate, "--check"]);
  });

  test("aSealedInterface_isAUnionThatItsDiscriminatorTells", () => {
    expectTypeOf<Place>().toEqualTypeOf<Road | Depot>();
    expectTypeOf<Road["kind"]>().toEqualTypeOf<"road">();
    expect(lengthOf({ kind: "road", km: 3, kmh: null })).toBe(3);
    expect(lengthOf({ kind: "depot", town: "Ulm", size: "SMALL" })).toBe(3);
  });

  test("members_areWhatTheirComponentsAre", () => {
    expectTypeOf<Moved["to"]>().toEqualTypeOf<Place | null>();
    expectTypeOf<Moved["via"]>().toEqualTypeOf<readonly Place[]>();
    expectTypeOf<Parcel["notes"]>().toBeUnknown();
    expectTypeOf<Parcel<{ by: string }>["notes"]>().toEqualTypeOf<{ by: string }>();
    expectTypeOf<Parcel["places"]>().toEqualTypeOf<Readonly<Record<string, Place>>>();
    expectTypeOf<Parcel>().toExtend<{ readonly signature?: string }>();
    expectTypeOf<ParcelSpeed>().toEqualTypeOf<"slow" | "fast">();
    expectTypeOf<Depot["size"]>().toEqualTypeOf<"SMALL" | "LARGE">();
  });

  test("events_areAllThereByType", () => {
    expectTypeOf<ParcelEventType>().toEqualTypeOf<"parcel:taken" | "parcel:moved">();
    expectTypeOf<ParcelEvents["parcel:taken"]>().toEqualTypeOf<Taken>();
    expect(PARCEL_EVENT_TYPES).toEqual(["parcel:moved", "parcel:taken"]);
  });

  test("membersThatMayHoldAnything_areWhatTheCallerKnows", () => {
    const held = { properties: { some: {}, other: {} }, required: ["some", "other"] };
    const $defs = { Odd: held, Even: held };
    const schema = { title: "Odds", description: "Odd.", properties: {}, $defs };
    const types = typesOf(schema, { some: "Json", "Odd.other": "string" });
    expect(types).toContain("interface Odd {\n  readonly some: Json;\n  readonly other: string;");
    expect(types).toContain(
      "interface Even<Other = unknown> {\n  readonly some: Json;\n  readonly other: Other;",
    );
  });

  test("whatNoRecordBecomes_isRefused", () => {
    const odd = { properties: { at: { type: "tuple" } }, required: ["at"] };
    const schema = { title: "Odds", description: "Odd.", properties: {}, $defs: { Odd: odd } };
    expect(() => typesOf(schema)).toThrow("Odd.at: no TypeScript for 'tuple'");
  });
});
