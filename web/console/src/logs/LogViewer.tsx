import { Button, Text, Title } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { formatCount } from "../ui/format";
import { FilteredLog } from "./FilteredLog";
import { isFiltering, type LogFilter, noFilter } from "./filter";
import { LogActions, useCopyLines } from "./LogActions";
import { LogFilters } from "./LogFilters";
import { LogLines } from "./LogLines";
import type { LogStore } from "./LogStore";
import classes from "./LogViewer.module.css";
import type { LogLine } from "./line";
import { NewLines } from "./NewLines";

/** The lines of a log: filtered, searched, followed, copied and kept. */
export function LogViewer(props: {
  store: LogStore;
  /** Agents to choose from, beside those that have lines. */
  agents?: readonly string[];
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
  /** Stands where lines would, while there are none. */
  empty: ReactNode;
}) {
  const { store, filter, onFilter } = props;
  const log = useSyncExternalStore(store.subscribe, store.snapshot);
  const { lines, searching } = useFiltered(store, filter);
  const copying = useCopyLines();
  const { mutate: copy } = copying;
  return (
    <section className={classes["viewer"]} role="log" aria-live="off" aria-label="Log">
      <LogFilters log={log} agents={props.agents ?? []} filter={filter} onFilter={onFilter} />
      <div className={classes["bar"]}>
        <Counts
          shown={lines.length}
          kept={log.lines.length}
          received={log.received}
          searching={searching}
        />
        <LogActions lines={lines} copying={copying} />
      </div>
      <LogLines
        lines={lines}
        wanted={filter.text}
        onCopy={useCallback((line: LogLine) => copy([line]), [copy])}
        empty={
          log.lines.length > 0 && isFiltering(filter) ? (
            <NoMatch searching={searching} onClear={() => onFilter(noFilter)} />
          ) : (
            props.empty
          )
        }
      />
      <NewLines store={store} />
    </section>
  );
}

function useFiltered(store: LogStore, filter: LogFilter) {
  const filtered = useMemo(() => new FilteredLog(store), [store]);
  useEffect(() => filtered.filter(filter), [filtered, filter]);
  return useSyncExternalStore(filtered.subscribe, filtered.snapshot);
}

function Counts(props: { shown: number; kept: number; received: number; searching: boolean }) {
  const { shown, kept, received } = props;
  const dropped = received - kept;
  return (
    <span className={classes["counts"]} data-testid="log-counts">
      {shown === kept
        ? `${formatCount(kept)} ${kept === 1 ? "line" : "lines"}`
        : `${formatCount(shown)} of ${formatCount(kept)} lines`}
      {props.searching && ", searching…"}
      {dropped > 0 && `, ${formatCount(dropped)} older no longer kept`}
    </span>
  );
}

function NoMatch(props: { searching: boolean; onClear: () => void }) {
  if (props.searching) return <Text className={classes["none"]}>Searching…</Text>;
  return (
    <div className={classes["none"]}>
      <Title order={3} size="h4">
        No line matches
      </Title>
      <Button variant="default" onClick={props.onClear}>
        Show all
      </Button>
    </div>
  );
}
