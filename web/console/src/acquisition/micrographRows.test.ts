import { expect, test } from "vitest";
import type { Metric } from "./MetricList";
import { type Micrograph, rowsInRange, rowsOf } from "./micrographRows";

function metric(micrograph: string, revision: number, resolution: number | null): Metric {
  const none = { motion: null, picked: null, selected: null, liveAt: null };
  return { micrograph, hole: "h1", order: revision, revision, resolution, ...none };
}

const bare: Micrograph = {
  uuid: "a",
  foilhole_id: null,
  foilhole_uuid: "h1",
  high_res_path: null,
  acquisition_datetime: null,
  defocus: null,
  ctf_max_resolution_estimate: null,
  total_motion: null,
  number_of_particles_picked: null,
};
const full: Micrograph = {
  ...bare,
  uuid: "b",
  foilhole_id: "17",
  high_res_path: "/data/m12/FoilHole_17_Data_2_3_fractions.eer",
  acquisition_datetime: "2026-01-05T10:00:00Z",
  defocus: -1.2e-6,
  ctf_max_resolution_estimate: 4.1,
  total_motion: 12,
  number_of_particles_picked: 30,
};

test("rows_asAnswered_areReadable_inTheirOrder", () => {
  expect(rowsOf([full, bare], [])).toEqual([
    {
      uuid: "b",
      name: "FoilHole_17_Data_2_3",
      hole: "17",
      takenAt: new Date("2026-01-05T10:00:00Z"),
      defocus: expect.closeTo(-1.2, 9),
      resolution: 4.1,
      motion: 12,
      picked: 30,
      liveAt: null,
    },
    {
      uuid: "a",
      name: "a",
      hole: "h1",
      takenAt: null,
      defocus: null,
      resolution: null,
      motion: null,
      picked: null,
      liveAt: null,
    },
  ]);
});

test("rows_resultsThatCameLive_areNewerThanTheAnswer", () => {
  const [row] = rowsOf([full], [{ ...metric("b", 1, 3.1), liveAt: 1_000 }]);
  expect(row).toMatchObject({ resolution: 3.1, motion: 12, liveAt: 1_000 });
});

test("rowsInRange_areTheNewest_andNoMoreThanAskedFor", () => {
  const metrics = Array.from({ length: 9 }, (_, at) => metric(`m${at}`, at + 1, 3));
  expect(rowsInRange([], metrics, 3).map(({ uuid }) => uuid)).toEqual(["m8", "m7", "m6"]);
});

test("rowsInRange_unknownToTheServersList_haveTheirUuid", () => {
  expect(rowsInRange([full], [metric("x", 1, 3), metric("b", 2, 3)], 10)).toMatchObject([
    { uuid: "b", name: "FoilHole_17_Data_2_3" },
    { uuid: "x", name: "x", hole: "h1", takenAt: null, resolution: 3 },
  ]);
});
