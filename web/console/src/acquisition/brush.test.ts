import { expect, test } from "vitest";
import { isBrushed, isInRange, noBrushes, withBrush } from "./brush";
import type { Metric } from "./MetricList";

const metric: Metric = {
  micrograph: "m1",
  hole: "h1",
  order: 7,
  revision: 9,
  resolution: 3.5,
  motion: 12,
  liveAt: null,
  picked: null,
  selected: null,
};

test("range_none_holdsAll", () => {
  expect(isInRange({ ...metric, resolution: null }, noBrushes)).toBe(true);
  expect(isBrushed(noBrushes)).toBe(false);
});

test.each([
  [3, 4, true],
  [3.5, 4, true],
  [3, 3.5, false],
  [-Infinity, 4, true],
  [3.5, Infinity, true],
  [4, 3, false],
])("range_ofResolution %d to %d_isHalfOpen", (from, to, within) => {
  expect(isInRange(metric, { resolution: { from, to } })).toBe(within);
});

test.each([
  [7, 7, true],
  [1, 7, true],
  [8, 9, false],
])("range_ofOrder %d to %d_includesBothEnds", (from, to, within) => {
  expect(isInRange(metric, { order: { from, to } })).toBe(within);
});

test("range_resultNotKnown_isNotInIt", () => {
  const range = { from: -Infinity, to: 100 };
  expect(isInRange({ ...metric, motion: null }, { motion: range })).toBe(false);
});

test("ranges_several_mustAllHold", () => {
  const resolution = { from: 3, to: 4 };
  expect(isInRange(metric, { resolution, motion: { from: 10, to: 14 } })).toBe(true);
  expect(isInRange(metric, { resolution, motion: { from: 14, to: 20 } })).toBe(false);
});

test("brush_openToBothSides_isNone", () => {
  const brushes = withBrush(noBrushes, "motion", { from: 1, to: 2 });
  expect(isBrushed(brushes)).toBe(true);
  expect(withBrush(brushes, "motion", { from: -Infinity, to: Infinity })).toEqual({});
  expect(withBrush(brushes, "motion", null)).toEqual({});
  expect(withBrush(brushes, "order", { from: 1, to: 2 })).toEqual({
    motion: { from: 1, to: 2 },
    order: { from: 1, to: 2 },
  });
});
