import { indexOfNumber, type Numbered, type Rows } from "./RowBuffer";

/** A point in a list that stays where it is, whatever comes, goes or grows above it. */
export interface Place {
  /** The row's, or where that would be. */
  readonly number: number;
  /** Pixels below the row's top. */
  readonly within: number;
}

/** Where rows lie below each other. All have one height but a few; how many there are costs nothing. */
export class RowLayout {
  readonly height: number;
  readonly #rows: Rows<Numbered>;
  readonly #rowHeight: number;
  /** By how much rows are higher than the others, in their order. */
  readonly #extras: readonly { readonly index: number; readonly extra: number }[];

  /** @param heights of the rows that are not as high as the others, by number */
  constructor(rows: Rows<Numbered>, rowHeight: number, heights: ReadonlyMap<number, number>) {
    this.#rows = rows;
    this.#rowHeight = rowHeight;
    this.#extras = [...heights]
      .map(([number, height]) => ({ number, index: indexOfNumber(rows, number), height }))
      .filter(({ number, index }) => rows.at(index)?.number === number)
      .map(({ index, height }) => ({ index, extra: height - rowHeight }))
      .sort((a, b) => a.index - b.index);
    this.height = this.topOf(rows.length);
  }

  topOf(index: number): number {
    let top = index * this.#rowHeight;
    for (const each of this.#extras) {
      if (each.index >= index) break;
      top += each.extra;
    }
    return top;
  }

  /** The row that a line crosses; the nearest where none does. */
  indexAt(y: number): number {
    let above = 0;
    for (const { index, extra } of this.#extras) {
      const top = index * this.#rowHeight + above;
      if (y < top) break;
      if (y < top + this.#rowHeight + extra) return index;
      above += extra;
    }
    const index = Math.floor((y - above) / this.#rowHeight);
    return Math.min(Math.max(index, 0), Math.max(0, this.#rows.length - 1));
  }

  placeAt(y: number): Place {
    const index = this.indexAt(y);
    return { number: this.#rows.at(index)?.number ?? 0, within: y - this.topOf(index) };
  }

  topOfPlace({ number, within }: Place): number {
    const index = indexOfNumber(this.#rows, number);
    return this.topOf(index) + (this.#rows.at(index)?.number === number ? within : 0);
  }
}
