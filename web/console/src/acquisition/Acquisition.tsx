import { Loader, Tabs } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useState } from "react";
import { useShowInHeader } from "../connection/ConnectionContext";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { Centered } from "../ui/Centered";
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

const loadLogs = () => import("../logs/AgentLogs");
const loadInstructions = () => import("../instructions/InstructionsPanel");
const AgentLogs = lazy(async () => ({ default: (await loadLogs()).AgentLogs }));
const InstructionsPanel = lazy(async () => ({
  default: (await loadInstructions()).InstructionsPanel,
}));

/** Fetches the other parts while the server is there to ask; who needs one asks for it again. */
function loadParts(): void {
  loadLogs().catch(() => undefined);
  loadInstructions().catch(() => undefined);
}

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
  useEffect(loadParts, []);
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
      <Tabs
        value={tab}
        onChange={props.onTab}
        keepMounted={false}
        className={classes["tabs"] ?? ""}
      >
        <Tabs.List aria-label="Parts of the acquisition">
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="logs">Logs</Tabs.Tab>
          <Tabs.Tab value="instructions">Instructions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
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
          <Suspense fallback={<PartLoading />}>
            <AgentLogs agents={live.agents.map(({ id }) => id)} request={request} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="instructions" className={classes["part"] ?? ""}>
          <Suspense fallback={<PartLoading />}>
            <InstructionsPanel acquisitionUuid={uuid} request={request} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function PartLoading() {
  return (
    <Centered>
      <Loader aria-label="Loading" />
    </Centered>
  );
}

/** @param at ms since the epoch; 0: not known */
function summary(at: number): string {
  return at === 0 ? "" : `Last updated ${formatMoment(new Date(at))}`;
}
