import type { ProcessingMetric } from "@freshet/smartem";
import { expect, test } from "vitest";
import { MetricList } from "./MetricList";

function result(micrograph: string, resolution: number | null = null): ProcessingMetric {
  return {
    micrograph_uuid: micrograph,
    foilhole_uuid: "h1",
    total_motion: 12,
    average_motion: 0.3,
    ctf_max_resolution_estimate: resolution,
    number_of_particles_picked: null,
    number_of_particles_selected: null,
  };
}

const shown = (list: MetricList) =>
  list.all().map(({ micrograph, order, resolution }) => [micrograph, order, resolution]);

test("metrics_secondResult_keepsThePlaceAndTakesTheValue", () => {
  const list = new MetricList(10);
  list.add(result("a"), null);
  list.add(result("b"), null);
  list.add(result("a", 3.5), 1_000);
  expect(shown(list)).toEqual([
    ["a", 1, 3.5],
    ["b", 2, null],
  ]);
  expect(list.all()[0]).toMatchObject({ revision: 3, liveAt: 1_000 });
});

test("metrics_pastTheBound_theOldestGo_andAreCounted", () => {
  const list = new MetricList(2);
  for (const uuid of ["a", "b", "c", "d"]) list.add(result(uuid), null);
  expect(shown(list)).toEqual([
    ["c", 3, null],
    ["d", 4, null],
  ]);
  expect(list.seen).toBe(4);
});

test("metrics_nothingAdded_keepTheirIdentity", () => {
  const list = new MetricList(2);
  list.add(result("a"), null);
  const before = list.all();
  expect(list.all()).toBe(before);
  list.add(result("a", 3), null);
  expect(list.all()).not.toBe(before);
});
