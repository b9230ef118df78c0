import { expect, test } from "vitest";
import { isChange, RuntimeStore } from "./RuntimeStore";

/** A store that is drawn at once. */
function storeOf(rows = 10) {
  const store = new RuntimeStore((draw) => draw(), { rows, characters: 100_000 });
  const initial = (slices: object, versions: object) =>
    store.take({ type: "state.initial", id: undefined, data: { slices, versions } });
  const update = (slice: string, version: number, more: object) =>
    store.take({
      type: "state.update",
      id: undefined,
      data: { slice, version, base: version - 1, timestamp: "2026-01-05T10:00:00Z", ...more },
    });
  const replace = (path: string, value: unknown) => ({ patches: [{ op: "replace", path, value }] });
  const changes = () => [...store.snapshot().changes].filter(isChange);
  return { store, initial, update, replace, changes };
}

const first = { count: { by: { who: "ada" }, total: 1 }, other: [1, 2] };

test("update_patches_changeOneSlice_andShareTheRest", () => {
  const { store, initial, update, replace, changes } = storeOf();
  initial(first, { count: 1, other: 4 });
  const before = store.snapshot().slices;
  update("count", 2, { ...replace("/total", 3), cause: { type: "count.step", id: "c-1" } });
  const { slices } = store.snapshot();
  expect(slices?.get("count")).toEqual({ value: { by: { who: "ada" }, total: 3 }, version: 2 });
  expect(slices?.get("other")).toBe(before?.get("other"));
  const change = changes().at(-1);
  expect(change).toMatchObject({ number: 3, slice: "count", kind: "patches" });
  expect(change).toMatchObject({ before: { total: 1 }, after: { total: 3 } });
  expect(change?.cause).toEqual({ type: "count.step", id: "c-1" });
  expect(Object(change?.after).by).toBe(Object(change?.before).by);
});

test("update_wholeValue_appliesWhateverTheVersion", () => {
  const { store, initial, update, changes } = storeOf();
  initial(first, { count: 1, other: 4 });
  update("other", 9, { base: 8, value: [1, 2, 3] });
  expect(store.snapshot().slices?.get("other")).toEqual({ value: [1, 2, 3], version: 9 });
  expect(changes().at(-1)).toMatchObject({ kind: "value", before: [1, 2], cause: null });
});

test("S4_update_thatDoesNotFit_isNotApplied_andNothingAfterIt_untilASnapshot", () => {
  const { store, initial, update, replace } = storeOf();
  initial(first, { count: 1, other: 4 });
  update("count", 3, replace("/total", 5));
  update("other", 5, { value: [] });
  expect(store.snapshot().unfit).toBe(true);
  expect(store.snapshot().slices?.get("other")?.version).toBe(4);
  initial({ ...first, other: [] }, { count: 3, other: 5 });
  expect(store.snapshot().unfit).toBe(false);
  expect(store.snapshot().slices?.get("other")).toEqual({ value: [], version: 5 });
});

test("S4_patch_thatFails_isUnfit", () => {
  const { store, initial, update, replace } = storeOf();
  initial(first, { count: 1, other: 4 });
  update("count", 2, replace("/nothing", 5));
  expect(store.snapshot().unfit).toBe(true);
});

test("initial_again_notesOnlyWhatDiffers", () => {
  const { initial, changes } = storeOf();
  initial(first, { count: 1, other: 4 });
  initial({ ...first, other: [1, 2, 3] }, { count: 1, other: 6 });
  expect(changes().map(({ slice, version }) => `${slice} ${version}`)).toEqual([
    "count 1",
    "other 4",
    "other 6",
  ]);
});

test("update_knownAlready_isNoChange", () => {
  const { initial, update, replace, changes } = storeOf();
  initial(first, { count: 1, other: 4 });
  update("count", 1, replace("/total", 9));
  expect(changes()).toHaveLength(2);
});

test("pause_holdsBackValuesAndChanges", () => {
  const { store, initial, update, replace, changes } = storeOf();
  initial(first, { count: 1, other: 4 });
  store.pause(true);
  update("count", 2, replace("/total", 2));
  update("count", 3, replace("/total", 3));
  expect(store.snapshot()).toMatchObject({ held: 2, paused: true });
  expect(store.snapshot().slices?.get("count")?.version).toBe(1);
  expect(changes()).toHaveLength(2);
  store.pause(false);
  expect(store.snapshot().slices?.get("count")?.version).toBe(3);
  expect(changes()).toHaveLength(4);
});

test("changes_pastTheBound_dropTheOldest", () => {
  const { store, initial, update, replace, changes } = storeOf(3);
  initial(first, { count: 1, other: 4 });
  for (let version = 2; version < 9; version++)
    update("count", version, replace("/total", version));
  expect(changes().map(({ version }) => version)).toEqual([6, 7, 8]);
  expect(store.snapshot().dropped).toBe(6);
});

test("whatHappens_isARow_amongTheChanges_andChangesNoSlice", () => {
  const { store, initial, update, replace } = storeOf();
  initial(first, { count: 1, other: 4 });
  const started = { status: "started", executionId: "e-1", turnId: "t-1", error: null };
  store.take({ type: "execution.status", id: undefined, data: started });
  update("count", 2, replace("/total", 3));
  const { slices } = store.snapshot();
  const sale = { name: "sale", payload: { percent: 10 }, timestamp: "2026-01-05T10:00:00Z" };
  store.take({ type: "custom-event", id: undefined, data: sale });
  store.take({ type: "another-event", id: undefined, data: sale });
  expect([...store.snapshot().changes].slice(2)).toMatchObject([
    { number: 3, kind: "execution", name: "e-1", data: started, time: null },
    { number: 4, kind: "patches", slice: "count" },
    { number: 5, kind: "event", name: "sale", data: sale, time: new Date(sale.timestamp) },
  ]);
  expect(store.snapshot().slices).toBe(slices);
});

test("whatHappens_duringAPause_isHeldBack", () => {
  const { store, initial } = storeOf();
  initial(first, { count: 1, other: 4 });
  store.pause(true);
  store.take({ type: "custom-event", id: undefined, data: { name: "sale", payload: 1 } });
  expect(store.snapshot()).toMatchObject({ held: 1, changes: { length: 2 } });
  store.pause(false);
  expect(store.snapshot()).toMatchObject({ held: 0, changes: { length: 3 } });
});
