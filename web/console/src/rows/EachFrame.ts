/** Calls back soon, at most as often as the screen is drawn. */
export type Schedule = (callback: () => void) => void;

/** Tells listeners of changes, once for all that happen before its schedule calls back. */
export class EachFrame {
  readonly #schedule: Schedule;
  readonly #before: () => void;
  readonly #listeners = new Set<() => void>();
  #scheduled = false;

  /** @param before makes ready what the listeners will look at */
  constructor(schedule: Schedule, before: () => void) {
    this.#schedule = schedule;
    this.#before = before;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly soon = (): void => {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      this.now();
    });
  };

  readonly now = (): void => {
    this.#before();
    for (const listener of this.#listeners) listener();
  };
}
