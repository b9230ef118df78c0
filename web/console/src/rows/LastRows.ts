import { RowBuffer, type Rows } from "./RowBuffer";

export interface RowLimits {
  readonly rows: number;
  /** Characters in all rows together. */
  readonly characters: number;
}

/** The last rows, bounded in number and size. The newest stays, whatever its size. */
export class LastRows<Row> {
  readonly #limits: RowLimits;
  readonly #charactersOf: (row: Row) => number;
  readonly #onDrop: (row: Row) => void;
  readonly #rows = new RowBuffer<Row>();
  #characters = 0;

  /** @param onDrop hears of each row that gives way to newer ones */
  constructor(
    limits: RowLimits,
    charactersOf: (row: Row) => number,
    onDrop: (row: Row) => void = () => {},
  ) {
    this.#limits = limits;
    this.#charactersOf = charactersOf;
    this.#onDrop = onDrop;
  }

  get length(): number {
    return this.#rows.length;
  }

  push(row: Row): void {
    this.#rows.push(row);
    this.#characters += this.#charactersOf(row);
    while (this.#isTooMuch()) {
      const oldest = this.#rows.shift();
      if (oldest === undefined) return;
      this.#characters -= this.#charactersOf(oldest);
      this.#onDrop(oldest);
    }
  }

  view(): Rows<Row> {
    return this.#rows.view();
  }

  clear(): void {
    this.#rows.clear();
    this.#characters = 0;
  }

  #isTooMuch(): boolean {
    const { rows, characters } = this.#limits;
    return this.#rows.length > 1 && (this.#rows.length > rows || this.#characters > characters);
  }
}
