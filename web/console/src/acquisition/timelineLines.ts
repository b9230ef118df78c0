import type { ChartLine } from "../charts/Legend";

/** A line of the timeline. */
export type Line = ChartLine<"micrographs" | "holes" | "squares">;

export const lines: readonly Line[] = [
  { measure: "micrographs", label: "Micrographs", colour: "first", dash: [] },
  { measure: "holes", label: "Holes", colour: "second", dash: [8, 4] },
  { measure: "squares", label: "Squares", colour: "third", dash: [2, 3] },
];
