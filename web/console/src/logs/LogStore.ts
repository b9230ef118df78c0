import type { AgentLog } from "@freshet/smartem";
import { EachFrame, type Schedule } from "../rows/EachFrame";
import { LastRows, type RowLimits } from "../rows/LastRows";
import { RowBuffer, type Rows } from "../rows/RowBuffer";
import { type Level, type LogLine, levelOf } from "./line";
import { visible } from "./visible";

export interface LogSnapshot {
  readonly lines: Rows<LogLine>;
  /** How many of the lines have each level. */
  readonly levels: ReadonlyMap<Level, number>;
  /** How many of the lines are of each agent. */
  readonly agents: ReadonlyMap<string, number>;
  /** Arrived so far, also those that gave way to newer ones. */
  readonly received: number;
}

const logLimits: RowLimits = { rows: 100_000, characters: 64_000_000 };

/** The last lines of a log. Changes are told at most once per callback of its schedule. */
export class LogStore {
  readonly #changes: EachFrame;
  readonly #lines: LastRows<LogLine>;
  readonly #levels = new Map<Level, number>();
  readonly #agents = new Map<string, number>();
  #number = 0;
  /** The id of the newest line. */
  #newest = -1;
  /** Ids up to this are here already. */
  #known = -1;
  #mayHaveGap = false;
  #snapshot: LogSnapshot = {
    lines: new RowBuffer<LogLine>().view(),
    levels: new Map(),
    agents: new Map(),
    received: 0,
  };

  constructor(schedule: Schedule, limits: RowLimits = logLimits) {
    this.#changes = new EachFrame(schedule, () => this.#look());
    this.#lines = new LastRows(
      limits,
      ({ text }) => text.length,
      (line) => this.#count(line, -1),
    );
  }

  readonly snapshot = (): LogSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => this.#changes.subscribe(listener);

  /** What follows begins with a backlog, not where the last line was. */
  readonly begin = (options: { sameLog: boolean }): void => {
    this.#known = options.sameLog ? this.#newest : -1;
    this.#mayHaveGap = this.#number > 0;
  };

  /** The backlog is over; what follows is new. */
  readonly live = (): void => {
    this.#known = -1;
  };

  readonly push = (log: AgentLog): void => {
    if (log.id <= this.#known) {
      // A line that both have: none is missing between them.
      this.#mayHaveGap = false;
      return;
    }
    this.#number += 1;
    this.#newest = log.id;
    const text = visible(log.message);
    const level = levelOf(log.level);
    const line = { number: this.#number, level, text, log, gap: this.#mayHaveGap };
    this.#mayHaveGap = false;
    this.#count(line, 1);
    this.#lines.push(line);
    this.#changes.soon();
  };

  #look(): void {
    this.#snapshot = {
      lines: this.#lines.view(),
      levels: new Map(this.#levels),
      agents: new Map(this.#agents),
      received: this.#number,
    };
  }

  #count({ level, log }: LogLine, by: 1 | -1): void {
    add(this.#levels, level, by);
    add(this.#agents, log.agent_id, by);
  }
}

function add<Key>(counts: Map<Key, number>, key: Key, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
