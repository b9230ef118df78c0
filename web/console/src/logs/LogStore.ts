import type { AgentLog } from "@freshet/smartem";
import { EachFrame, type Schedule } from "../rows/EachFrame";
import { LastRows, type RowLimits } from "../rows/LastRows";
import { indexOfNumber, RowBuffer, type Rows } from "../rows/RowBuffer";
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
  /** The id of the newest line; -1 where the next one may have any. */
  #newest = -1;
  /** The number from which on ids ascend. */
  #since = 1;
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

  /** What follows may not be continuous with what is here. */
  readonly interrupt = (options: { sameLog: boolean }): void => {
    this.#mayHaveGap = this.#number > 0;
    if (!options.sameLog) this.#newest = -1;
  };

  /** Takes a line, unless it is here: a backlog brings lines again. */
  readonly push = (log: AgentLog): void => {
    if (log.id <= this.#newest) {
      if (this.#has(log)) {
        // None is missing between a line that both have and the next.
        this.#mayHaveGap = false;
        return;
      }
      // Ids that are given again are another log's.
      this.interrupt({ sameLog: false });
    }
    if (this.#newest < 0) this.#since = this.#number + 1;
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

  /** Whether a line is here, or so old that it gave way. */
  #has({ id, timestamp, message }: AgentLog): boolean {
    const lines = this.#lines.view();
    let low = indexOfNumber(lines, this.#since);
    let high = lines.length;
    if (id < (lines.at(low)?.log.id ?? 0)) return true;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((lines.at(middle)?.log.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    const known = lines.at(low)?.log;
    return known?.id === id && known.timestamp === timestamp && known.message === message;
  }

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
