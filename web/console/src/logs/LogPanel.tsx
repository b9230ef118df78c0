import { FreshnessStrip } from "../connection/FreshnessStrip";
import { isCurrent, useStatus } from "../connection/useStatus";
import type { LogFilter } from "./filter";
import { LogEmpty } from "./LogEmpty";
import { LogViewer } from "./LogViewer";
import type { useAgentLog } from "./useAgentLog";

/** A log that is followed, and whether it is live. */
export function LogPanel(props: {
  log: ReturnType<typeof useAgentLog>;
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
  /** In a page that says itself whether its stream is live. */
  within?: boolean;
}) {
  const { key, store, agents, stream, reopen } = props.log;
  const current = isCurrent(useStatus(stream));
  return (
    <>
      {!props.within && <FreshnessStrip stream={stream} current={current} reopen={reopen} />}
      <LogViewer
        key={key}
        store={store}
        agents={agents}
        filter={props.filter}
        onFilter={props.onFilter}
        empty={<LogEmpty stream={stream} agents={agents} reopen={reopen} />}
      />
    </>
  );
}
