import { expect, test } from "vitest";
import { summarise } from "./summary";

test("summary_ofNothing_isNone", () => {
  expect(summarise([])).toBeNull();
});

test("summary_isOfTheValuesWhateverTheirOrder", () => {
  expect(summarise([4, 1, 3, 2])).toEqual({
    count: 4,
    min: 1,
    median: 2.5,
    ninetieth: 3.7,
    max: 4,
  });
  expect(summarise([7])).toEqual({ count: 1, min: 7, median: 7, ninetieth: 7, max: 7 });
});
