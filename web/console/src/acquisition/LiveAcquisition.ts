import type { AcquisitionProgress, AgentStatus, ProcessingMetric } from "@freshet/smartem";
import { type Agent, compareAgents, toAgent } from "../agents/agent";
import { oncePerFrame } from "../ui/frames";
import { type Metric, MetricList } from "./MetricList";

/** Micrographs in the charts; the older ones are let go. */
export const metricsBound = 2_000;

/** What a stream told about one acquisition so far. Parts that did not change keep their identity. */
export interface LiveSnapshot {
  /** Null: nothing was reported yet. */
  readonly progress: AcquisitionProgress | null;
  /** Whether anything came. */
  readonly known: boolean;
  /** Ms since the epoch: when something came live; null while all that came was there before. */
  readonly updatedAt: number | null;
  readonly agents: readonly Agent[];
  readonly metrics: readonly Metric[];
  /** How many micrographs there were with results; those past the bound are no longer in `metrics`. */
  readonly metricsSeen: number;
}

const empty: LiveSnapshot = {
  progress: null,
  known: false,
  updatedAt: null,
  agents: [],
  metrics: [],
  metricsSeen: 0,
};

/** Takes the events of one acquisition's stream; tells of changes at most once a frame. */
export class LiveAcquisition {
  readonly #uuid: string;
  readonly #metrics = new MetricList(metricsBound);
  readonly #listeners = new Set<() => void>();
  #agents: readonly Agent[] = [];
  #progress: AcquisitionProgress | null = null;
  #live = false;
  #updatedAt: number | null = null;
  #shown = empty;
  readonly #show = oncePerFrame(() => this.#tell());

  constructor(uuid: string) {
    this.#uuid = uuid;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): LiveSnapshot => this.#shown;

  readonly onProgress = (progress: AcquisitionProgress): void => {
    if (progress.acquisition_uuid !== this.#uuid) return;
    this.#progress = progress;
    this.#changed();
  };

  /** Whether what comes from now on happens now, or did before. */
  readonly setLive = (live: boolean): void => {
    this.#live = live;
  };

  readonly onMetric = (metric: ProcessingMetric): void => {
    this.#metrics.add(metric, this.#live ? Date.now() : null);
    this.#changed();
  };

  /** The stream tells of all agents; one that goes to another acquisition leaves this one. */
  readonly onAgent = (status: AgentStatus): void => {
    const agent = toAgent(status);
    const others = this.#agents.filter(({ id }) => id !== agent.id);
    const here = agent.acquisition === this.#uuid;
    if (!here && others.length === this.#agents.length) return;
    this.#agents = here ? [...others, agent].sort(compareAgents) : others;
    this.#changed();
  };

  #changed(): void {
    if (this.#live) this.#updatedAt = Date.now();
    this.#show();
  }

  #tell(): void {
    this.#shown = {
      progress: this.#progress,
      known: true,
      updatedAt: this.#updatedAt,
      agents: this.#agents,
      metrics: this.#metrics.all(),
      metricsSeen: this.#metrics.seen,
    };
    for (const listener of this.#listeners) listener();
  }
}
