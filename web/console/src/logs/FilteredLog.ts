import { RowBuffer, type Rows } from "../rows/RowBuffer";
import { type LogFilter, matcher, noFilter } from "./filter";
import type { LogStore } from "./LogStore";
import type { LogLine } from "./line";

export interface FilteredSnapshot {
  readonly lines: Rows<LogLine>;
  /** Whether older lines are still being looked through. */
  readonly searching: boolean;
}

/** When to go on, and what time it is. */
export interface Pace {
  readonly now: () => number;
  readonly later: (next: () => void) => void;
}

const pace: Pace = { now: () => performance.now(), later: (next) => setTimeout(next) };

/** So long it may work at a stretch: a frame has 16 ms. */
const stretchMs = 6;
/** So long the lines that were shown before stay in place of an unfinished search. */
const patienceMs = 150;
/** More new lines than this are looked through newest first, a stretch at a time. */
const atOnce = 2_000;

/** The lines of a log that a filter lets through. Searches newest first, and never long at a stretch. */
export class FilteredLog {
  readonly #store: LogStore;
  readonly #pace: Pace;
  readonly #listeners = new Set<() => void>();
  #matches: ((line: LogLine) => boolean) | null = null;
  #found = new RowBuffer<LogLine>();
  /** Numbers of the lines that were looked at: from this one to before that one. */
  #from = 0;
  #to = 0;
  #startedAt: number | null = null;
  #scheduled = false;
  #detach: (() => void) | null = null;
  #snapshot: FilteredSnapshot;

  constructor(store: LogStore, filter: LogFilter = noFilter, atPace: Pace = pace) {
    this.#store = store;
    this.#pace = atPace;
    this.#snapshot = { lines: store.snapshot().lines, searching: false };
    this.filter(filter);
  }

  readonly snapshot = (): FilteredSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      this.#detach = this.#store.subscribe(() => this.#advance());
      this.#advance();
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#detach?.();
    };
  };

  filter(filter: LogFilter): void {
    this.#matches = matcher(filter);
    this.#restart();
    this.#advance();
  }

  #restart(): void {
    this.#found = new RowBuffer();
    this.#from = this.#to = Number.POSITIVE_INFINITY;
    this.#startedAt = this.#pace.now();
  }

  #advance(): void {
    const { lines } = this.#store.snapshot();
    if (this.#matches === null) {
      this.#show(lines, false);
      return;
    }
    const first = lines.at(0)?.number ?? 0;
    const end = first + lines.length;
    if (this.#to < first || this.#to > end || end - this.#to > atOnce) {
      this.#restart();
      this.#from = this.#to = end;
    }
    while ((this.#found.at(0)?.number ?? first) < first) this.#found.shift();
    this.#lookAtNew(lines, first, end, this.#matches);
    const searching = !this.#lookAtOld(lines, first, this.#matches);
    const waited = this.#pace.now() - (this.#startedAt ?? 0);
    if (!searching) this.#startedAt = null;
    if (!searching || waited > patienceMs) this.#show(this.#found.view(), searching);
    else this.#show(this.#snapshot.lines, true);
    if (searching) this.#goOnLater();
  }

  #lookAtNew(
    lines: Rows<LogLine>,
    first: number,
    end: number,
    matches: (line: LogLine) => boolean,
  ): void {
    for (; this.#to < end; this.#to++) {
      const line = lines.at(this.#to - first);
      if (line !== undefined && matches(line)) this.#found.push(line);
    }
  }

  /** @returns whether all have been looked at */
  #lookAtOld(lines: Rows<LogLine>, first: number, matches: (line: LogLine) => boolean): boolean {
    const until = this.#pace.now() + stretchMs;
    const found: LogLine[] = [];
    while (this.#from > first && (this.#from % 64 !== 0 || this.#pace.now() < until)) {
      this.#from -= 1;
      const line = lines.at(this.#from - first);
      if (line !== undefined && matches(line)) found.push(line);
    }
    this.#found.prepend(found.reverse());
    return this.#from <= first;
  }

  #goOnLater(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#pace.later(() => {
      this.#scheduled = false;
      this.#advance();
    });
  }

  #show(lines: Rows<LogLine>, searching: boolean): void {
    this.#snapshot = { lines, searching };
    for (const listener of this.#listeners) listener();
  }
}
