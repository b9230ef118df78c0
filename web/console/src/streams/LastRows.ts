/** One frame as the tail shows it. */
export interface TailRow {
  /** Counts the frames of this tail, from 1. */
  readonly number: number;
  readonly type: string;
  readonly topic: string;
  /** As the frame says; null where it says none. */
  readonly time: Date | null;
  /** JSON in one line. Kept as text: it is smaller than what it describes, and most is never opened. */
  readonly json: string;
}

export interface TailLimits {
  readonly rows: number;
  /** Characters of JSON in all rows together. */
  readonly characters: number;
}

/** How far above its limits a list may grow before it is cut: cutting each time would copy each time. */
const slack = 1.25;

/** The last rows, bounded in number and size. */
export class LastRows {
  readonly #limits: TailLimits;
  #rows: TailRow[] = [];
  #characters = 0;

  constructor(limits: TailLimits) {
    this.#limits = limits;
  }

  push(row: TailRow): void {
    this.#rows.push(row);
    this.#characters += row.json.length;
    if (this.#exceeds(slack)) this.#cut();
  }

  /** The rows within the limits, oldest first; a new array each time. */
  list(): readonly TailRow[] {
    this.#cut();
    return [...this.#rows];
  }

  count(): number {
    this.#cut();
    return this.#rows.length;
  }

  clear(): void {
    this.#rows = [];
    this.#characters = 0;
  }

  #exceeds(factor: number): boolean {
    const { rows, characters } = this.#limits;
    return this.#rows.length > rows * factor || this.#characters > characters * factor;
  }

  /** The newest row stays, whatever its size. */
  #cut(): void {
    if (!this.#exceeds(1)) return;
    const { rows, characters } = this.#limits;
    let first = Math.max(0, this.#rows.length - rows);
    for (const row of this.#rows.slice(0, first)) this.#characters -= row.json.length;
    while (this.#characters > characters && first < this.#rows.length - 1) {
      this.#characters -= this.#rows[first]?.json.length ?? 0;
      first += 1;
    }
    this.#rows = this.#rows.slice(first);
  }
}
