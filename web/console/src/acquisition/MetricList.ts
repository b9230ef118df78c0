import type { ProcessingMetric } from "@freshet/smartem";

/** A micrograph's results, and when it came. */
export interface Metric {
  readonly micrograph: string;
  readonly hole: string;
  /** 1 for the first that this page heard of; by it they are drawn. */
  readonly order: number;
  /** Grows with each change of any; by it the newest are found. */
  readonly revision: number;
  /** In Å: as far as the fit of the CTF reaches. */
  readonly resolution: number | null;
  /** In Å, over all frames. */
  readonly motion: number | null;
  /** Ms since the epoch: when it came live; null if it was there before. */
  readonly liveAt: number | null;
  readonly picked: number | null;
  readonly selected: number | null;
}

/** The results of the newest micrographs, in the order in which these first came. Bounded. */
export class MetricList {
  readonly #bound: number;
  readonly #byMicrograph = new Map<string, Metric>();
  #orders = 0;
  #revisions = 0;
  #all: readonly Metric[] | null = [];

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** A micrograph that is known keeps its place. */
  add(metric: ProcessingMetric, liveAt: number | null): void {
    const known = this.#byMicrograph.get(metric.micrograph_uuid);
    this.#revisions += 1;
    this.#byMicrograph.set(metric.micrograph_uuid, {
      micrograph: metric.micrograph_uuid,
      hole: metric.foilhole_uuid,
      order: known?.order ?? this.#nextOrder(),
      revision: this.#revisions,
      resolution: metric.ctf_max_resolution_estimate,
      motion: metric.total_motion,
      liveAt,
      picked: metric.number_of_particles_picked,
      selected: metric.number_of_particles_selected,
    });
    this.#all = null;
    this.#shorten();
  }

  /** How many there ever were. */
  get seen(): number {
    return this.#orders;
  }

  /** Same identity until it changes. */
  all(): readonly Metric[] {
    this.#all ??= [...this.#byMicrograph.values()];
    return this.#all;
  }

  #nextOrder(): number {
    this.#orders += 1;
    return this.#orders;
  }

  #shorten(): void {
    if (this.#byMicrograph.size <= this.#bound) return;
    const [oldest] = this.#byMicrograph.keys();
    if (oldest !== undefined) this.#byMicrograph.delete(oldest);
  }
}
