/** A line of the timeline: told apart by colour and by dash. */
export interface Line {
  readonly measure: "micrographs" | "holes" | "squares";
  readonly label: string;
  readonly colour: "first" | "second" | "third";
  readonly dash: readonly number[];
}

export const lines: readonly Line[] = [
  { measure: "micrographs", label: "Micrographs", colour: "first", dash: [] },
  { measure: "holes", label: "Holes", colour: "second", dash: [8, 4] },
  { measure: "squares", label: "Squares", colour: "third", dash: [2, 3] },
];
