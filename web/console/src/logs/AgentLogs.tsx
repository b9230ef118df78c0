import type { FrontendRequest } from "@freshet/smartem";
import { useState } from "react";
import { noFilter } from "./filter";
import { LogPanel } from "./LogPanel";
import { useAgentLog } from "./useAgentLog";

/** The log of some agents, as a part of a page. As high as what it is put in, which must have a height. */
export function AgentLogs(props: {
  agents: readonly string[];
  /** The page's own, so that its stream is shared; it has to ask for log lines, too. */
  request?: FrontendRequest;
}) {
  const log = useAgentLog(props.agents, props.request);
  const [filter, setFilter] = useState(noFilter);
  return (
    <LogPanel log={log} filter={filter} onFilter={setFilter} within={props.request !== undefined} />
  );
}
