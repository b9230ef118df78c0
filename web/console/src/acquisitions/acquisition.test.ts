import type { TopicState } from "@freshet/client";
import { expect, test } from "vitest";
import { AcquisitionList } from "./AcquisitionList";
import { pick, validateAcquisitionsSearch } from "./search";

function state(topic: string, value: unknown, timestamp = "2026-01-05T10:00:00Z"): TopicState {
  return { topic, value, version: 1, timestamp, cause: undefined, end: false };
}

function states(...all: TopicState[]): ReadonlyMap<string, TopicState> {
  return new Map(all.map((each) => [each.topic, each]));
}

const entity = state("instruments/m12/acquisitions/7f3", {
  uuid: "7f3",
  name: "Apoferritin",
  instrument_id: "m12",
  instrument_model: "Krios G4",
  status: "started",
  start_time: "2026-01-05T09:00:00Z",
  end_time: null,
});
const progress = state(
  "instruments/m12/acquisitions/7f3/progress",
  {
    acquisition_uuid: "7f3",
    grid_count: 1,
    gridsquare_count: 40,
    foilhole_count: 150,
    micrograph_count: 1234,
    status: "started",
  },
  "2026-01-05T10:05:00Z",
);

const listOf = (...all: TopicState[]) => new AcquisitionList().from(states(...all));

test("acquisition_bothTopics_areOneRow", () => {
  expect(listOf(entity, progress)).toEqual([
    {
      key: "m12/7f3",
      uuid: "7f3",
      name: "Apoferritin",
      instrument: "m12",
      model: "Krios G4",
      status: "started",
      startedAt: new Date("2026-01-05T09:00:00Z"),
      endedAt: null,
      counts: { grids: 1, squares: 40, holes: 150, micrographs: 1234 },
      updatedAt: new Date("2026-01-05T10:05:00Z"),
    },
  ]);
});

test("acquisition_progressAlone_isNamedByItsUuid", () => {
  const [row] = listOf(progress);
  expect(row).toMatchObject({ name: "7f3", instrument: "m12", status: "started" });
});

test("acquisition_entityAlone_hasNoCountsYet", () => {
  expect(listOf(entity)[0]?.counts).toBeNull();
});

test("acquisition_escapedInstrument_isShownAsItWas", () => {
  const [row] = listOf(state("instruments/Krios~201~C3~BC/acquisitions/~7E1/progress", {}));
  expect(row).toMatchObject({ instrument: "Krios 1ü", uuid: "~1" });
});

test("acquisition_thatNamesNoInstrument_isAtNone", () => {
  const [row] = listOf(state("instruments/unknown/acquisitions/7f3", { instrument_id: null }));
  expect(row?.instrument).toBe("");
});

test.each([[null], ["text"], [7], [{ name: 3, status: "odd", start_time: "soon" }]])(
  "acquisition_oddValue %o_isARowWithoutIt",
  (value) => {
    const [row] = listOf(state("instruments/m/acquisitions/a", value));
    expect(row).toMatchObject({ name: "a", status: null, startedAt: null });
  },
);

test("list_otherTopics_areLeftOut", () => {
  expect(listOf(state("instruments/m/acquisitions/a/grids/g", {}), state("orders/7", {}))).toEqual(
    [],
  );
});

test("list_sameUuidOnTwoInstruments_isTwoRows", () => {
  const rows = listOf(
    state("instruments/a/acquisitions/1", {}),
    state("instruments/b/acquisitions/1", {}),
  );
  expect(rows.map((row) => row.key)).toEqual(["a/1", "b/1"]);
});

test("list_isSorted_startedFirstThenLatest", () => {
  const of = (uuid: string, status: string | null, hour: number) =>
    state(`instruments/m/acquisitions/${uuid}`, {
      status,
      start_time: `2026-01-05T0${hour}:00:00Z`,
    });
  const rows = listOf(
    of("unknown", null, 9),
    of("abandoned", "abandoned", 9),
    of("done", "completed", 9),
    of("planned", "planned", 9),
    of("old", "started", 1),
    of("paused", "paused", 9),
    of("new", "started", 2),
  );
  expect(rows.map((row) => row.uuid)).toEqual([
    "new",
    "old",
    "paused",
    "planned",
    "done",
    "abandoned",
    "unknown",
  ]);
});

test("list_whatDidNotChange_keepsItsIdentity", () => {
  const list = new AcquisitionList();
  const other = state("instruments/m12/acquisitions/9/progress", { status: "completed" });
  const before = list.from(states(entity, progress, other));
  const moved = { ...progress, value: { ...(progress.value as object), micrograph_count: 1235 } };
  const after = list.from(states(entity, moved, other));
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});

test("pick_statusAndWords_bothMustMatch", () => {
  const rows = listOf(
    entity,
    progress,
    state("instruments/m2/acquisitions/b", { name: "Ribosome" }),
  );
  const uuids = (search: Parameters<typeof pick>[1]) => pick(rows, search).map((row) => row.uuid);
  expect(uuids({})).toEqual(["7f3", "b"]);
  expect(uuids({ status: "started" })).toEqual(["7f3"]);
  expect(uuids({ find: "  RIBO m2" })).toEqual(["b"]);
  expect(uuids({ find: "ribo", status: "started" })).toEqual([]);
});

test("search_whatIsNotKnown_isDropped", () => {
  expect(validateAcquisitionsSearch({ status: "odd", find: 7 })).toEqual({});
  expect(validateAcquisitionsSearch({ status: "paused", find: "x" })).toEqual({
    status: "paused",
    find: "x",
  });
});
