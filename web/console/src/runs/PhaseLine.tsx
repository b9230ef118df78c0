import type { Execution, Phase } from "@freshet/agents";
import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import classes from "./PhaseLine.module.css";
import { PhaseMark } from "./PhaseMark";
import { formatTook } from "./run";

/** The plan's phases as a line, and where on it the run is. Each leads to where it began. */
export function PhaseLine(props: { run: Execution; onShow: (phaseId: string) => void }) {
  const { phases, currentPhase } = props.run;
  if (phases.length === 0) return null;
  const current = phases.find(({ id }) => id === currentPhase);
  return (
    <div className={classes["line"]}>
      <ol className={classes["phases"]} aria-label="Phases">
        {phases.map((phase) => (
          <li
            key={phase.id}
            className={classes["item"]}
            data-status={phase.status}
            aria-current={phase.id === currentPhase ? "step" : undefined}
          >
            <UnstyledButton
              className={classes["phase"]}
              title={phase.name}
              disabled={phase.status === "pending"}
              onClick={() => props.onShow(phase.id)}
            >
              <VisuallyHidden component="span">
                Phase {phase.index + 1} of {phases.length}:{" "}
              </VisuallyHidden>
              <PhaseMark phase={phase} />
              <span className={classes["name"]}>{phase.name}</span>
              <VisuallyHidden component="span">, {words[phase.status]} </VisuallyHidden>
              {phase.duration !== null && (
                <span className={classes["took"]}>{formatTook(phase.duration)}</span>
              )}
            </UnstyledButton>
          </li>
        ))}
      </ol>
      <p className={classes["summary"]} aria-hidden="true">
        {summary(phases, current)}
      </p>
    </div>
  );
}

const words: Record<Phase["status"], string> = {
  pending: "to come",
  running: "running",
  completed: "completed",
  failed: "failed",
  cancelled: "cancelled",
};

/** For where there is no room for names. */
function summary(phases: readonly Phase[], current: Phase | undefined): string {
  if (current !== undefined) {
    return `Phase ${current.index + 1} of ${phases.length}: ${current.name}`;
  }
  const done = phases.filter(({ status }) => status === "completed").length;
  return `${done} of ${phases.length} phases completed`;
}
