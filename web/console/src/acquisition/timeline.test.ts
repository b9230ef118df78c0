import { expect, test } from "vitest";
import { held, type Point, periodsOf, prolonged, toPoints } from "./timeline";

function at(time: number, status = "started", micrographs = 0): Point {
  return { time, grids: 1, squares: 1, holes: 1, micrographs, status };
}

const times = (points: readonly Point[]) => points.map(({ time }) => time);

test("points_asTheServerKeepsThem_areInOrder_andThoseWithoutATimeAreLeftOut", () => {
  const counts = { grid_count: 1, gridsquare_count: 2, foilhole_count: 3, micrograph_count: 4 };
  const points = toPoints([
    { ...counts, status: "started", time: "2026-01-05T10:01:00Z" },
    { ...counts, status: "planned", time: "2026-01-05T10:00:00Z" },
    { ...counts, status: "started", time: "soon" },
  ]);
  expect(points).toEqual([
    { ...at(Date.UTC(2026, 0, 5, 10), "planned", 4), squares: 2, holes: 3 },
    { ...at(Date.UTC(2026, 0, 5, 10, 1), "started", 4), squares: 2, holes: 3 },
  ]);
});

test("held_silence_endsWhereTheNextReportIs", () => {
  const points = [at(0, "started", 1), at(5, "started", 2), at(100, "paused", 3)];
  expect(held(points, 10)).toEqual([
    at(0, "started", 1),
    at(5, "started", 2),
    at(99, "started", 2),
    at(100, "paused", 3),
  ]);
  expect(held(points, 95)).toEqual(points);
});

test("prolonged_whatIsNotOver_lastsUntilNow", () => {
  expect(times(prolonged([at(1)], 9))).toEqual([1, 9]);
  expect(times(prolonged([at(1, "completed")], 9))).toEqual([1]);
  expect(times(prolonged([at(10)], 9))).toEqual([10]);
  expect(times(prolonged([at(1)], null))).toEqual([1]);
  expect(prolonged([], 9)).toEqual([]);
});

test("periods_pausedAndAbandoned_fromTheFirstPointToTheNextStatus", () => {
  const points = [
    at(0),
    at(10, "paused"),
    at(12, "paused"),
    at(20),
    at(30, "paused"),
    at(40, "abandoned"),
    at(41, "abandoned"),
  ];
  expect(periodsOf(points)).toEqual([
    { status: "paused", from: 10, to: 20 },
    { status: "paused", from: 30, to: 40 },
    { status: "abandoned", from: 40, to: null },
  ]);
});
