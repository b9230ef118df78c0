/** Rows in order, oldest first. What one holds never changes. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
  readonly at: (index: number) => Row | undefined;
}

/** So many given up rows may stay in memory before the others are copied away from them. */
const fewRows = 1_000;

/** A queue of rows, of which a view costs nothing however many there are. */
export class RowBuffer<Row> {
  /** Grows at its end only, so that older views stay as they are. */
  #all: Row[] = [];
  #first = 0;

  get length(): number {
    return this.#all.length - this.#first;
  }

  at(index: number): Row | undefined {
    return this.#all[this.#first + index];
  }

  push(row: Row): void {
    this.#all.push(row);
  }

  prepend(rows: readonly Row[]): void {
    if (rows.length > 0) this.#replace([...rows, ...this.#kept()]);
  }

  shift(): Row | undefined {
    const row = this.#all[this.#first];
    if (row === undefined) return undefined;
    this.#first += 1;
    if (this.#first > fewRows && this.#first > this.length / 4) this.#replace(this.#kept());
    return row;
  }

  clear(): void {
    this.#replace([]);
  }

  view(): Rows<Row> {
    return new View(this.#all, this.#first, this.#all.length);
  }

  #kept(): Row[] {
    return this.#all.slice(this.#first);
  }

  #replace(rows: Row[]): void {
    this.#all = rows;
    this.#first = 0;
  }
}

class View<Row> implements Rows<Row> {
  readonly #all: readonly Row[];
  readonly #first: number;
  readonly length: number;

  constructor(all: readonly Row[], first: number, end: number) {
    this.#all = all;
    this.#first = first;
    this.length = end - first;
  }

  readonly at = (index: number): Row | undefined =>
    index >= 0 && index < this.length ? this.#all[this.#first + index] : undefined;

  *[Symbol.iterator](): Iterator<Row> {
    for (let index = this.#first; index < this.#first + this.length; index++) {
      yield this.#all[index] as Row;
    }
  }
}

export interface Numbered {
  /** Ascends from row to row. */
  readonly number: number;
}

/** Where a number is among rows, or would be. */
export function indexOfNumber(rows: Rows<Numbered>, number: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows.at(middle)?.number ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
