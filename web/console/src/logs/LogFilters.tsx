import { MultiSelect } from "@mantine/core";
import { Choices } from "../ui/Choices";
import { FindInput } from "../ui/FindInput";
import { formatCount } from "../ui/format";
import type { LogFilter } from "./filter";
import type { LogSnapshot } from "./LogStore";
import classes from "./LogViewer.module.css";
import { type Level, levels } from "./line";

const labels: Readonly<Record<Level, string>> = {
  DEBUG: "Debug",
  INFO: "Info",
  WARNING: "Warning",
  ERROR: "Error",
  CRITICAL: "Critical",
  OTHER: "Other",
};

/** Which lines to show: of the levels and agents that occur, and with a text. */
export function LogFilters(props: {
  log: LogSnapshot;
  /** Agents to choose from, beside those that have lines. */
  agents: readonly string[];
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
}) {
  const { log, filter, onFilter } = props;
  const shown = levels.filter((level) => log.levels.has(level) || filter.levels.includes(level));
  const agents = [...new Set([...props.agents, ...log.agents.keys(), ...filter.agents])].sort();
  return (
    <div className={classes["filters"]}>
      <FindInput
        className={classes["find"]}
        label="Find in the log"
        placeholder="Find"
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
      />
      {(agents.length > 1 || filter.agents.length > 0) && (
        <MultiSelect
          className={classes["agents"]}
          aria-label="Agents"
          placeholder={filter.agents.length === 0 ? "All agents" : ""}
          searchable
          clearable
          data={agents.map((agent) => ({
            value: agent,
            label: `${agent} (${formatCount(log.agents.get(agent) ?? 0)})`,
          }))}
          value={[...filter.agents]}
          onChange={(agents) => onFilter({ ...filter, agents })}
        />
      )}
      <Choices
        label="Levels"
        choices={shown.map((level) => ({
          value: level,
          label: labels[level],
          count: log.levels.get(level) ?? 0,
        }))}
        chosen={filter.levels}
        onChange={(levels) => onFilter({ ...filter, levels })}
      />
    </div>
  );
}
