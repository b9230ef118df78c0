import { describe, expect, test } from "vitest";
import { LastRows } from "./LastRows";
import { indexOfNumber, RowBuffer } from "./RowBuffer";
import { RowLayout } from "./RowLayout";

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ number: from + index }));

describe("RowBuffer", () => {
  test("view_whateverComesAndGoes_staysAsItWas", () => {
    const buffer = new RowBuffer<number>();
    for (let i = 0; i < 5_000; i++) buffer.push(i);
    const view = buffer.view();
    for (let i = 0; i < 4_000; i++) buffer.shift();
    buffer.push(5_000);
    buffer.prepend([-1]);
    expect(view.length).toBe(5_000);
    expect([view.at(-1), view.at(0), view.at(4_999), view.at(5_000)]).toEqual([
      undefined,
      0,
      4_999,
      undefined,
    ]);
    expect([...buffer.view()].slice(0, 2)).toEqual([-1, 4_000]);
    expect(buffer.view().at(1_001)).toBe(5_000);
  });

  test("shift_empty_isNothing", () => {
    expect(new RowBuffer<number>().shift()).toBeUndefined();
  });
});

describe("LastRows", () => {
  test("push_pastTheLimits_dropsTheOldest_andSaysWhich", () => {
    const dropped: string[] = [];
    const rows = new LastRows<string>(
      { rows: 3, characters: 6 },
      (row) => row.length,
      (row) => dropped.push(row),
    );
    for (const row of ["a", "b", "c", "d", "eeee", "ffffffffff"]) rows.push(row);
    expect([...rows.view()]).toEqual(["ffffffffff"]);
    expect(dropped).toEqual(["a", "b", "c", "d", "eeee"]);
  });
});

test.each([
  [0, 0],
  [10, 0],
  [12, 2],
  [15, 4],
  [99, 5],
])("indexOfNumber_%i_is %i", (number, index) => {
  const rows = [10, 11, 12, 14, 16].map((number) => ({ number }));
  expect(indexOfNumber(rows, number)).toBe(index);
});

describe("RowLayout", () => {
  const rows = numbered(101, 110);
  const layout = new RowLayout(
    rows,
    20,
    new Map([
      [105, 100],
      [102, 50],
      [7, 500],
    ]),
  );

  test("height_someRowsAreHigher_isTheirSum", () => {
    expect(layout.height).toBe(8 * 20 + 100 + 50);
    expect(new RowLayout([], 20, new Map([[7, 500]])).height).toBe(0);
  });

  test("indexAt_eachRowsEdges_isTheRow", () => {
    for (let index = 0; index < rows.length; index++) {
      expect(layout.indexAt(layout.topOf(index))).toBe(index);
      expect(layout.indexAt(layout.topOf(index + 1) - 0.5)).toBe(index);
    }
    expect(layout.indexAt(-5)).toBe(0);
    expect(layout.indexAt(10_000)).toBe(9);
  });

  test("place_rowsGoAboveIt_isTheSameRow", () => {
    const place = layout.placeAt(145);
    expect(place).toEqual({ number: 105, within: 35 });
    const later = new RowLayout(numbered(104, 130), 20, new Map([[105, 100]]));
    expect(later.topOfPlace(place)).toBe(20 + 35);
  });

  test("place_rowIsGone_isWhereItWas", () => {
    const place = { number: 105, within: 35 };
    expect(new RowLayout(numbered(108, 130), 20, new Map()).topOfPlace(place)).toBe(0);
    const filtered = [{ number: 101 }, { number: 107 }];
    expect(new RowLayout(filtered, 20, new Map()).topOfPlace(place)).toBe(20);
  });
});
