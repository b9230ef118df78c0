import type uPlot from "uplot";
import type { Palette } from "./palette";

/** An axis as all charts have it. */
export function axis(palette: Palette, more: uPlot.Axis): uPlot.Axis {
  return {
    stroke: palette.text,
    font: palette.font,
    labelFont: palette.font,
    labelSize: 20,
    labelGap: 2,
    grid: { stroke: palette.line, width: 1 },
    ticks: { stroke: palette.line, width: 1, size: 4 },
    ...more,
  };
}

/** From 0 to a little more than the greatest value, and never nothing. */
export function fromZero(least: number): uPlot.Range.Function {
  return (_, __, max) => [0, Math.max(least, (max ?? 0) * 1.08)];
}

/** Distances between the ticks of bytes. */
export const powersOfTwo = Array.from({ length: 44 }, (_, power) => 2 ** power);

/** Distances between the ticks of what is counted. */
export const wholeNumbers = [1, 2, 5]
  .flatMap((digit) => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000].map((power) => digit * power))
  .sort((a, b) => a - b);
