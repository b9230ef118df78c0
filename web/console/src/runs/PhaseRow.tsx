import type { Phase } from "@freshet/agents";
import { memo } from "react";
import { Moment } from "./Moment";
import { PhaseMark } from "./PhaseMark";
import { formatTook } from "./run";
import classes from "./Story.module.css";

/** Where a phase began. */
export const PhaseRow = memo(function PhaseRow({ phase }: { phase: Phase }) {
  return (
    <div className={classes["phase"]} data-status={phase.status}>
      <PhaseMark phase={phase} />
      <h3 className={classes["phaseName"]}>{phase.name}</h3>
      <span className={classes["faint"]}>
        {phase.duration === null ? null : formatTook(phase.duration)}
      </span>
      <Moment at={phase.startedAt} />
    </div>
  );
});
