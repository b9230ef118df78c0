import type { Phase } from "@freshet/agents";
import classes from "./PhaseLine.module.css";

/** A phase's number, or how it ended. */
export function PhaseMark({ phase }: { phase: Phase }) {
  const path = marks[phase.status];
  return (
    <span className={classes["mark"]} data-status={phase.status} aria-hidden="true">
      {path === undefined ? (
        phase.index + 1
      ) : (
        <svg viewBox="0 0 10 10" aria-hidden="true">
          <path d={path} fill="none" stroke="currentColor" strokeWidth="1.9" />
        </svg>
      )}
    </span>
  );
}

const marks: Partial<Record<Phase["status"], string>> = {
  completed: "M1 5.5L4 8.5 9 2",
  failed: "M1.5 1.5l7 7M8.5 1.5l-7 7",
  cancelled: "M2 5h6",
};
