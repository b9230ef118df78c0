import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { AcquisitionList } from "../acquisitions/AcquisitionList";
import { AcquisitionsView } from "../acquisitions/AcquisitionsView";
import { type Acquisition, acquisitionTopics } from "../acquisitions/acquisition";
import { StatusFilter } from "../acquisitions/StatusFilter";
import { type Agent, agentsOf, agentTopic } from "../agents/agent";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { useFollowedStates } from "../connection/useFollowedStates";
import { useStatus } from "../connection/useStatus";
import { FindInput } from "../ui/FindInput";
import { Fresh } from "../ui/Fresh";
import { formatCount, plural } from "../ui/format";
import { AgentsSection } from "./AgentsSection";
import classes from "./OverviewPage.module.css";

const route = getRouteApi("/");
const topics = [...acquisitionTopics, agentTopic];

/** All agents and acquisitions that the session may see, live by one stream. */
export default function OverviewPage() {
  useDocumentTitle("Overview · Freshet");
  const { stream, reopen, states, current } = useFollowedStates(topics);
  const status = useStatus(stream);
  const [list] = useState(() => new AcquisitionList());
  const acquisitions = useMemo(() => (states === null ? null : list.from(states)), [states, list]);
  const agents = useMemo(() => (states === null ? null : agentsOf(states)), [states]);
  const search = route.useSearch();
  const navigate = route.useNavigate();

  return (
    <>
      <Title order={1}>Overview</Title>
      <FreshnessStrip
        stream={stream}
        current={current}
        summary={summary(acquisitions, agents)}
        reopen={reopen}
      />
      <Fresh stale={states !== null && !current}>
        {status?.name !== "failed" && <AgentsSection agents={agents} acquisitions={acquisitions} />}
        <section className={classes["section"]} aria-labelledby="acquisitions">
          <div className={classes["top"]}>
            <Title order={2} id="acquisitions">
              Acquisitions
            </Title>
            <FindInput
              className={classes["find"]}
              label="Find an acquisition"
              placeholder="Name, instrument or uuid"
              value={search.find ?? ""}
              onChange={(value) => {
                const find = value || undefined;
                void navigate({ search: (before) => ({ ...before, find }), replace: true });
              }}
            />
          </div>
          <StatusFilter
            acquisitions={acquisitions ?? []}
            status={search.status}
            onChange={(status) =>
              void navigate({ search: (before) => ({ ...before, status }), replace: true })
            }
          />
          <AcquisitionsView
            acquisitions={acquisitions}
            search={search}
            stream={stream}
            reopen={reopen}
            onClear={() => void navigate({ search: {}, replace: true })}
          />
        </section>
      </Fresh>
    </>
  );
}

function summary(
  acquisitions: readonly Acquisition[] | null,
  agents: readonly Agent[] | null,
): string {
  if (acquisitions === null || agents === null) return "";
  if (acquisitions.length === 0 && agents.length === 0) return "";
  const started = acquisitions.filter(({ status }) => status === "started").length;
  const online = agents.filter(({ liveness }) => liveness === "online").length;
  const micrographs = acquisitions.reduce((sum, each) => sum + (each.counts?.micrographs ?? 0), 0);
  return [
    agents.length === 0
      ? "No agents"
      : `${formatCount(online)} of ${plural(agents.length, "agent")} online`,
    `${formatCount(started)} of ${plural(acquisitions.length, "acquisition")} started`,
    plural(micrographs, "micrograph"),
  ].join(" · ");
}
