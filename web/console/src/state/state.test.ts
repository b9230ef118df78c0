import { expect, test } from "vitest";
import { RuntimeStore } from "../runtime/RuntimeStore";
import { exportOf, fileName, valuesOf } from "./exportState";
import { namesOf } from "./runtimes";
import { validateStateSearch } from "./search";

test("names_theServersOwnFirst_thenWhatIsThere_andWhatIsChosen", () => {
  const topics = ["runtime/editor/slices/a", "runtime/editor/slices/b", "runtime/b/slices/x"];
  expect(namesOf(topics, "elsewhere")).toEqual(["freshet", "b", "editor", "elsewhere"]);
  expect(namesOf([], "freshet")).toEqual(["freshet"]);
});

test("search_keepsARuntimesName_andNothingElse", () => {
  expect(validateStateSearch({ runtime: "editor", x: 1 })).toEqual({ runtime: "editor" });
  expect(validateStateSearch({ runtime: 7 })).toEqual({ runtime: undefined });
});

test("export_holdsValuesAndChanges_andIsJson", () => {
  const store = new RuntimeStore((draw) => draw());
  const slices = { count: { total: 1 } };
  store.take({ type: "state.initial", id: undefined, data: { slices, versions: { count: 4 } } });
  const patches = [{ op: "replace", path: "/total", value: 2 }];
  const cause = { type: "count.step", id: "c-1" };
  const data = {
    slice: "count",
    version: 5,
    base: 4,
    patches,
    cause,
    timestamp: "2026-01-05T10:00:00Z",
  };
  store.take({ type: "state.update", id: undefined, data });
  const sale = { name: "sale", payload: 10, timestamp: "2026-01-05T10:00:01Z" };
  store.take({ type: "custom-event", id: undefined, data: sale });
  const at = new Date("2026-01-05T10:00:07Z");
  const document = JSON.parse(exportOf("counter", store.snapshot(), at));
  expect(document).toMatchObject({ runtime: "counter", exportedAt: "2026-01-05T10:00:07.000Z" });
  expect(document.slices).toEqual({ count: { value: { total: 2 }, version: 5 } });
  expect(document.changes).toHaveLength(3);
  expect(document.changes[1]).toMatchObject({
    cause,
    patches,
    before: { total: 1 },
    after: { total: 2 },
  });
  expect(document.changes[2]).toEqual({
    kind: "event",
    timestamp: "2026-01-05T10:00:01.000Z",
    data: sale,
  });
  expect(valuesOf(store.snapshot().slices ?? new Map())).toEqual({ count: { total: 2 } });
  expect(fileName("a/b", at)).toBe("a_b-state-2026-01-05T10-00-07.json");
});
