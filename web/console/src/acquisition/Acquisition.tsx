import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import { useShowInHeader } from "../connection/ConnectionContext";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { formatClock } from "../ui/format";
import classes from "./Acquisition.module.css";
import { AcquisitionAgents } from "./AcquisitionAgents";
import { AcquisitionHead } from "./AcquisitionHead";
import { type Brushes, noBrushes } from "./brush";
import { Details } from "./Details";
import { MicrographSection } from "./MicrographSection";
import { NoSuchAcquisition } from "./NoSuchAcquisition";
import { Outcome } from "./Outcome";
import { QualitySection } from "./QualitySection";
import { Tiles } from "./Tiles";
import { TimelineSection } from "./TimelineSection";
import { useAcquisition } from "./useAcquisition";
import { useDetails } from "./useDetails";
import { useTimeline } from "./useTimeline";

/** All that is known of one acquisition, live by one stream. */
export function Acquisition({ uuid }: { uuid: string }) {
  const { live, stream, current, reopen } = useAcquisition(uuid);
  useShowInHeader(stream);
  const details = useDetails(uuid, current);
  const timeline = useTimeline(uuid, current);
  const [brushes, setBrushes] = useState<Brushes>(noBrushes);
  const name = details.acquisition?.name || uuid;
  useDocumentTitle(`${name} · Freshet`);

  if (details.state === "unknown") return <NoSuchAcquisition uuid={uuid} />;
  const status = live.progress?.status ?? details.acquisition?.status;
  return (
    <>
      <AcquisitionHead name={name} status={status} acquisition={details.acquisition} uuid={uuid} />
      <FreshnessStrip
        stream={stream}
        current={current}
        summary={summary(live.updatedAt)}
        reopen={reopen}
      />
      <Outcome state={details.state} status={status} again={details.again} />
      <div
        className={classes["content"]}
        data-stale={details.state === "deleted" || (live.updatedAt !== null && !current)}
      >
        <Tiles progress={live.progress} />
        <div className={classes["columns"]}>
          <div className={classes["main"]}>
            <TimelineSection {...timeline} />
            <QualitySection
              metrics={live.metrics}
              seen={live.metricsSeen}
              brushes={brushes}
              onBrushes={setBrushes}
            />
            <MicrographSection uuid={uuid} metrics={live.metrics} brushes={brushes} />
          </div>
          <aside className={classes["side"]}>
            <div className={classes["agents"]}>
              <AcquisitionAgents agents={live.agents} known={current || live.updatedAt !== null} />
            </div>
            <Details acquisition={details.acquisition} />
          </aside>
        </div>
      </div>
    </>
  );
}

function summary(updatedAt: number | null): string {
  return updatedAt === null ? "" : `Last updated ${formatClock(new Date(updatedAt))}`;
}
