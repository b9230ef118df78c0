import type uPlot from "uplot";

/** A stretch of the x axis; may be infinite. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A drag shorter than this is a click. */
const clickPx = 4;

/** Lets a stretch of a chart's x axis be dragged out, by mouse, pen or finger, and shows it. */
export class Band {
  readonly #chart: uPlot;
  readonly #onDrag: (stretch: Stretch | null) => void;
  readonly #element = document.createElement("div");
  #shown: Stretch | null = null;
  /** While dragged: where it began, in px, and what was there before. */
  #drag: { from: number; before: Stretch | null } | null = null;

  /** @param onDrag hears of each move; null: a click, which ends the stretch */
  constructor(chart: uPlot, className: string, onDrag: (stretch: Stretch | null) => void) {
    this.#chart = chart;
    this.#onDrag = onDrag;
    this.#element.className = className;
    this.#element.hidden = true;
    const { over } = chart;
    over.append(this.#element);
    over.addEventListener("pointerdown", this.#begin);
    over.addEventListener("pointermove", this.#move);
    over.addEventListener("pointerup", this.#end);
    over.addEventListener("pointercancel", this.#cancel);
  }

  show(stretch: Stretch | null): void {
    this.#shown = stretch;
    this.place();
  }

  /** Again where it belongs, after the chart was scaled or resized. */
  place(): void {
    const stretch = this.#shown;
    this.#element.hidden = stretch === null;
    if (stretch === null) return;
    const left = this.#position(stretch.from, 0);
    const right = this.#position(stretch.to, this.#width);
    this.#element.style.transform = `translateX(${left}px)`;
    this.#element.style.width = `${Math.max(1, right - left)}px`;
  }

  get #width(): number {
    return this.#chart.over.clientWidth;
  }

  #position(value: number, otherwise: number): number {
    if (!Number.isFinite(value)) return otherwise;
    return Math.min(Math.max(this.#chart.valToPos(value, "x"), 0), this.#width);
  }

  readonly #begin = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#chart.over.setPointerCapture(event.pointerId);
    this.#drag = { from: this.#at(event), before: this.#shown };
  };

  readonly #move = (event: PointerEvent): void => {
    const from = this.#drag?.from;
    if (from === undefined) return;
    const to = this.#at(event);
    if (Math.abs(to - from) >= clickPx) this.#onDrag(this.#between(from, to));
  };

  readonly #end = (event: PointerEvent): void => {
    const from = this.#drag?.from;
    this.#drag = null;
    if (from !== undefined && Math.abs(this.#at(event) - from) < clickPx) this.#onDrag(null);
  };

  /** A finger that turns out to scroll the page. */
  readonly #cancel = (): void => {
    if (this.#drag !== null) this.#onDrag(this.#drag.before);
    this.#drag = null;
  };

  #between(a: number, b: number): Stretch {
    const value = (px: number) => this.#chart.posToVal(px, "x");
    return { from: value(Math.min(a, b)), to: value(Math.max(a, b)) };
  }

  #at(event: PointerEvent): number {
    const { left, width } = this.#chart.over.getBoundingClientRect();
    return Math.min(Math.max(event.clientX - left, 0), width);
  }
}
