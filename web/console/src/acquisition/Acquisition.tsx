import { Tabs } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import { useShowInHeader } from "../connection/ConnectionContext";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { InstructionsPanel } from "../instructions/InstructionsPanel";
import { AgentLogs } from "../logs/AgentLogs";
import { formatMoment } from "../ui/format";
import classes from "./Acquisition.module.css";
import { AcquisitionHead } from "./AcquisitionHead";
import { AcquisitionOverview } from "./AcquisitionOverview";
import { type Brushes, noBrushes } from "./brush";
import { NoSuchAcquisition } from "./NoSuchAcquisition";
import { Outcome } from "./Outcome";
import type { Tab } from "./search";
import { useAcquisition } from "./useAcquisition";
import { useDetails } from "./useDetails";
import { useTimeline } from "./useTimeline";

/** All that is known of one acquisition, live by one stream. */
export function Acquisition(props: {
  uuid: string;
  tab: Tab;
  onTab: (tab: string | null) => void;
}) {
  const { uuid, tab } = props;
  const followed = useAcquisition(uuid);
  const { live, stream, current, reopen, request } = followed;
  useShowInHeader(stream);
  const timeline = useTimeline(uuid, current);
  const [brushes, setBrushes] = useState<Brushes>(noBrushes);
  const details = useDetails(uuid, current);
  const name = details.acquisition?.name || uuid;
  useDocumentTitle(`${name} · Freshet`);

  if (details.state === "unknown") return <NoSuchAcquisition uuid={uuid} />;
  const status = live.progress?.status ?? details.acquisition?.status;
  return (
    <>
      <AcquisitionHead name={name} status={status} acquisition={details.acquisition} />
      <FreshnessStrip
        stream={stream}
        current={current}
        summary={summary(Math.max(live.updatedAt ?? 0, timeline.reportedAt ?? 0))}
        reopen={reopen}
      />
      <Outcome state={details.state} status={status} again={details.again} />
      <Tabs value={tab} onChange={props.onTab} keepMounted={false}>
        <Tabs.List aria-label="Parts of the acquisition">
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="logs">Logs</Tabs.Tab>
          <Tabs.Tab value="instructions">Instructions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview" className={classes["part"] ?? ""}>
          <AcquisitionOverview
            uuid={uuid}
            followed={followed}
            details={details}
            timeline={timeline}
            brushes={brushes}
            onBrushes={setBrushes}
          />
        </Tabs.Panel>
        <Tabs.Panel value="logs" className={classes["filling"] ?? ""}>
          <AgentLogs agents={live.agents.map(({ id }) => id)} request={request} />
        </Tabs.Panel>
        <Tabs.Panel value="instructions" className={classes["part"] ?? ""}>
          <InstructionsPanel acquisitionUuid={uuid} request={request} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** @param at ms since the epoch; 0: not known */
function summary(at: number): string {
  return at === 0 ? "" : `Last updated ${formatMoment(new Date(at))}`;
}
