import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useShowInHeader } from "../connection/ConnectionContext";
import { toFilter, toSearch } from "./filter";
import { LogPanel } from "./LogPanel";
import classes from "./LogsPage.module.css";
import { useAgentLog } from "./useAgentLog";

const route = getRouteApi("/console/logs");

/** What all agents log that the session may see, as they log it. */
export default function LogsPage() {
  useDocumentTitle("Logs · Freshet");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = useMemo(() => toFilter(search), [search]);
  const log = useAgentLog();
  useShowInHeader(log.stream);
  return (
    <div className={classes["page"]}>
      <Title order={1}>Logs</Title>
      <LogPanel
        log={log}
        filter={filter}
        onFilter={(next) => void navigate({ search: toSearch(next), replace: true })}
      />
    </div>
  );
}
