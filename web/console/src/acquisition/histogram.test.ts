import { expect, test } from "vitest";
import {
  type Bins,
  barPositions,
  binCount,
  binLabels,
  drawnRange,
  histogram,
  motionBins,
  rangeOfBin,
  resolutionBins,
  snapToBins,
} from "./histogram";

const bins: Bins = { from: 2, to: 4, width: 0.5, step: 1, below: true };

test("histogram_values_areInTheirBins_andOutsideOfThem", () => {
  expect(histogram([1.9, -3, 2, 2.49, 2.5, 3.99, 4, 100], bins)).toEqual([2, 2, 1, 0, 1, 2]);
});

test("histogram_ofNothing_isEmptyBins", () => {
  expect(histogram([], bins)).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each([
  ["resolution", resolutionBins],
  ["motion", motionBins],
])("histogram_edgesOf %s_beginTheirBin", (_, each) => {
  for (let at = 1; at <= binCount(each); at++) {
    const counts = histogram([rangeOfBin(at, each).from], each);
    expect(counts.indexOf(1)).toBe(at);
  }
});

test("rangeOfBin_together_areAllNumbersOnce", () => {
  const ranges = Array.from({ length: binCount(bins) + 2 }, (_, at) => rangeOfBin(at, bins));
  expect(ranges[0]?.from).toBe(-Infinity);
  expect(ranges.at(-1)?.to).toBe(Infinity);
  for (const [at, range] of ranges.slice(1).entries()) expect(range.from).toBe(ranges[at]?.to);
});

test("bars_areOneForEachBin_ascending_andWithinWhatIsDrawn", () => {
  const positions = barPositions(bins);
  expect(positions).toHaveLength(histogram([], bins).length);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  const drawn = drawnRange(bins);
  expect(drawn.from).toBeLessThan(positions[0] ?? 0);
  expect(drawn.to).toBeGreaterThan(positions.at(-1) ?? 0);
});

test("bars_whatCannotBeBelow_isNotDrawn", () => {
  expect(drawnRange(motionBins).from).toBe(0);
  expect(binLabels(motionBins).map(({ label }) => label)).toEqual([
    "0",
    "10",
    "20",
    "30",
    "40",
    "50",
    "≥50",
  ]);
});

test("labels_nameWhatIsOutside", () => {
  expect(binLabels(bins).map(({ label }) => label)).toEqual(["<2", "2", "3", "4", "≥4"]);
});

test.each([
  [
    { from: 2.1, to: 2.6 },
    { from: 2, to: 3 },
  ],
  [
    { from: 2.5, to: 3 },
    { from: 2.5, to: 3 },
  ],
  [
    { from: 1.2, to: 2.2 },
    { from: -Infinity, to: 2.5 },
  ],
  [
    { from: 3.7, to: 5 },
    { from: 3.5, to: Infinity },
  ],
  [
    { from: 0.5, to: 1.5 },
    { from: -Infinity, to: 2 },
  ],
  [
    { from: 4.5, to: 5 },
    { from: 4, to: Infinity },
  ],
])("snap_%o_isTheBinsItTouches", (dragged, snapped) => {
  expect(snapToBins(dragged, bins)).toEqual(snapped);
});
