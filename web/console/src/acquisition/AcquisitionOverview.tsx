import type { Dispatch, SetStateAction } from "react";
import { Fresh } from "../ui/Fresh";
import classes from "./Acquisition.module.css";
import { AcquisitionAgents } from "./AcquisitionAgents";
import type { Brushes } from "./brush";
import { Details } from "./Details";
import { MicrographSection } from "./MicrographSection";
import { QualitySection } from "./QualitySection";
import { Tiles } from "./Tiles";
import { TimelineSection } from "./TimelineSection";
import type { FollowedAcquisition } from "./useAcquisition";
import type { useDetails } from "./useDetails";
import type { useTimeline } from "./useTimeline";

/** How an acquisition does: counters, charts, micrographs, agents. */
export function AcquisitionOverview(props: {
  uuid: string;
  followed: FollowedAcquisition;
  details: ReturnType<typeof useDetails>;
  timeline: ReturnType<typeof useTimeline>;
  brushes: Brushes;
  onBrushes: Dispatch<SetStateAction<Brushes>>;
}) {
  const { uuid, details, timeline, brushes, onBrushes } = props;
  const { live, current } = props.followed;
  const status = live.progress?.status ?? details.acquisition?.status;
  const over = status === "completed" || status === "abandoned";
  const { known } = live;
  return (
    <Fresh stale={details.state === "deleted" || (known && !current)}>
      <Tiles progress={live.progress} />
      <div className={classes["columns"]}>
        <div className={classes["main"]}>
          <TimelineSection
            points={timeline.points}
            failed={timeline.failed}
            again={timeline.again}
          />
          <QualitySection
            metrics={live.metrics}
            seen={live.metricsSeen}
            none={over ? "No results" : "No results yet"}
            brushes={brushes}
            onBrushes={onBrushes}
          />
          <MicrographSection
            uuid={uuid}
            metrics={live.metrics}
            none={
              over
                ? "No data: no micrograph was reported."
                : "No data yet: no micrograph was reported so far."
            }
            brushes={brushes}
          />
        </div>
        <aside className={classes["side"]}>
          <div className={classes["agents"]}>
            <AcquisitionAgents agents={live.agents} known={current || known} />
          </div>
          <Details acquisition={details.acquisition} />
        </aside>
      </div>
    </Fresh>
  );
}
