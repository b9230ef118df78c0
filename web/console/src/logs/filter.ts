import { type Level, type LogLine, levels } from "./line";

/** Which lines to show. Nothing chosen is everything. */
export interface LogFilter {
  readonly levels: readonly Level[];
  readonly agents: readonly string[];
  readonly text: string;
}

export const noFilter: LogFilter = { levels: [], agents: [], text: "" };

export function isFiltering({ levels, agents, text }: LogFilter): boolean {
  return levels.length > 0 || agents.length > 0 || text !== "";
}

/** What a filter lets through; null: everything. */
export function matcher(filter: LogFilter): ((line: LogLine) => boolean) | null {
  if (!isFiltering(filter)) return null;
  const levels = new Set(filter.levels);
  const agents = new Set(filter.agents);
  const wanted = pattern(filter.text, "iu");
  return ({ level, text, log }) =>
    (levels.size === 0 || levels.has(level)) &&
    (agents.size === 0 || agents.has(log.agent_id)) &&
    (wanted === null || wanted.test(text) || wanted.test(log.logger_name));
}

/** A text, whatever its case; null where there is none. */
export function pattern(text: string, flags: "iu" | "giu"): RegExp | null {
  return text === "" ? null : new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), flags);
}

/** A filter in the URL. */
export interface LogSearch {
  readonly level?: readonly Level[] | undefined;
  readonly agent?: readonly string[] | undefined;
  readonly find?: string | undefined;
}

export function validateLogSearch(search: Record<string, unknown>): LogSearch {
  const words = [search["level"]].flat();
  const agents = [search["agent"]].flat().filter((agent) => typeof agent === "string");
  return toSearch({
    levels: levels.filter((level) => words.includes(level)),
    agents: agents.filter((agent) => agent !== ""),
    text: typeof search["find"] === "string" ? search["find"] : "",
  });
}

export function toSearch({ levels, agents, text }: LogFilter): LogSearch {
  return {
    ...(levels.length === 0 ? {} : { level: levels }),
    ...(agents.length === 0 ? {} : { agent: agents }),
    ...(text === "" ? {} : { find: text }),
  };
}

export function toFilter({ level = [], agent = [], find = "" }: LogSearch): LogFilter {
  return { levels: level, agents: agent, text: find };
}
