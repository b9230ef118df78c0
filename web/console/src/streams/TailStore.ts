import { EachFrame, type Schedule } from "../rows/EachFrame";
import { LastRows, type RowLimits } from "../rows/LastRows";
import { RowBuffer, type Rows } from "../rows/RowBuffer";

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

export type NewRow = Omit<TailRow, "number">;

export interface TailSnapshot {
  readonly rows: Rows<TailRow>;
  readonly paused: boolean;
  /** Arrived since the pause, and kept to be shown after it. */
  readonly held: number;
  /** Arrived since the tail was cleared. */
  readonly received: number;
  /** Of these, no longer kept: the oldest give way. */
  readonly dropped: number;
}

const tailLimits: RowLimits = { rows: 5_000, characters: 16_000_000 };

const none = new RowBuffer<TailRow>().view();

/** What a stream brought last. Changes are told at most once per callback of its schedule. */
export class TailStore {
  readonly #changes: EachFrame;
  readonly #shown: LastRows<TailRow>;
  readonly #waiting: LastRows<TailRow>;
  #number = 0;
  #received = 0;
  #paused = false;
  #snapshot: TailSnapshot = { rows: none, paused: false, held: 0, received: 0, dropped: 0 };

  constructor(schedule: Schedule, limits: RowLimits = tailLimits) {
    this.#changes = new EachFrame(schedule, () => this.#look());
    this.#shown = new LastRows(limits, charactersOf);
    this.#waiting = new LastRows(limits, charactersOf);
  }

  readonly snapshot = (): TailSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => this.#changes.subscribe(listener);

  readonly push = (row: NewRow): void => {
    this.#number += 1;
    this.#received += 1;
    this.#waiting.push({ ...row, number: this.#number });
    this.#changes.soon();
  };

  /** What arrives during a pause is kept, within the limits, and shown after it. */
  readonly pause = (paused: boolean): void => {
    this.#paused = paused;
    this.#changes.now();
  };

  readonly clear = (): void => {
    this.#shown.clear();
    this.#waiting.clear();
    this.#received = 0;
    this.#changes.now();
  };

  #look(): void {
    if (!this.#paused) this.#show();
    const kept = this.#shown.length;
    const held = this.#waiting.length;
    this.#snapshot = {
      rows: this.#shown.view(),
      paused: this.#paused,
      held,
      received: this.#received,
      dropped: this.#received - kept - held,
    };
  }

  #show(): void {
    for (const row of this.#waiting.view()) this.#shown.push(row);
    this.#waiting.clear();
  }
}

const charactersOf = (row: TailRow): number => row.json.length;
