import { LastRows, type TailLimits, type TailRow } from "./LastRows";

export type NewRow = Omit<TailRow, "number">;

export interface TailSnapshot {
  /** Oldest first. */
  readonly rows: readonly TailRow[];
  readonly paused: boolean;
  /** Arrived since the pause, and kept to be shown after it. */
  readonly held: number;
  /** Arrived since the tail was cleared. */
  readonly received: number;
  /** Of these, no longer kept: the oldest give way. */
  readonly dropped: number;
}

const tailLimits: TailLimits = { rows: 5_000, characters: 16_000_000 };

/** Calls back soon, at most as often as the screen is drawn. */
export type Schedule = (callback: () => void) => void;

/** What a stream brought last. Changes are told at most once per callback of its schedule. */
export class TailStore {
  readonly #schedule: Schedule;
  readonly #listeners = new Set<() => void>();
  readonly #shown: LastRows;
  readonly #waiting: LastRows;
  #number = 0;
  #received = 0;
  #paused = false;
  #scheduled = false;
  #snapshot: TailSnapshot = { rows: [], paused: false, held: 0, received: 0, dropped: 0 };

  constructor(schedule: Schedule, limits: TailLimits = tailLimits) {
    this.#schedule = schedule;
    this.#shown = new LastRows(limits);
    this.#waiting = new LastRows(limits);
  }

  readonly snapshot = (): TailSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly push = (row: NewRow): void => {
    this.#number += 1;
    this.#received += 1;
    this.#waiting.push({ ...row, number: this.#number });
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      this.#tell();
    });
  };

  /** What arrives during a pause is kept, within the limits, and shown after it. */
  readonly pause = (paused: boolean): void => {
    this.#paused = paused;
    this.#tell();
  };

  readonly clear = (): void => {
    this.#shown.clear();
    this.#waiting.clear();
    this.#received = 0;
    this.#tell();
  };

  #tell(): void {
    if (!this.#paused) this.#show();
    const rows = this.#paused ? this.#snapshot.rows : this.#shown.list();
    const kept = this.#shown.count();
    const held = this.#waiting.count();
    this.#snapshot = {
      rows: kept === 0 ? [] : rows,
      paused: this.#paused,
      held,
      received: this.#received,
      dropped: this.#received - kept - held,
    };
    for (const listener of this.#listeners) listener();
  }

  #show(): void {
    for (const row of this.#waiting.list()) this.#shown.push(row);
    this.#waiting.clear();
  }
}
