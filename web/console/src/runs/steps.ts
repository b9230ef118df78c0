import { type Execution, isOver, type Phase, type Step } from "@freshet/agents";

/** A line of a run's story. */
export type StoryRow =
  | { readonly kind: "task"; readonly key: string; readonly run: Execution }
  | { readonly kind: "phase"; readonly key: string; readonly phase: Phase }
  | { readonly kind: "step"; readonly key: string; readonly step: Step }
  | { readonly kind: "end"; readonly key: string; readonly run: Execution };

/**
 * What happened, in order: the task, each phase before its first step, the steps, and how it ended. An
 * answer that became the result is told once, as the result.
 */
export function storyOf(run: Execution): readonly StoryRow[] {
  const rows: StoryRow[] = [{ kind: "task", key: "task", run }];
  const phases = new Map(run.phases.map((phase) => [phase.id, phase]));
  const told = new Set<string>();
  const tellPhase = (id: string | null) => {
    const phase = id === null || told.has(id) ? undefined : phases.get(id);
    if (phase === undefined) return;
    told.add(phase.id);
    rows.push({ kind: "phase", key: phaseKey(phase.id), phase });
  };
  for (const step of run.steps) {
    tellPhase(step.phaseId);
    rows.push({ kind: "step", key: keyOf(step), step });
  }
  tellPhase(run.currentPhase);
  if (isOver(run.status)) {
    const last = run.steps.at(-1);
    if (last !== undefined && isResult(run, last)) rows.pop();
    rows.push({ kind: "end", key: "end", run });
  }
  return rows;
}

/** Of a phase's row. */
export const phaseKey = (id: string): string => `phase ${id}`;

function keyOf(step: Step): string {
  return step.kind === "thinking" ? `thought ${step.thoughtId}` : `call ${step.callId}`;
}

function isResult({ status, result }: Execution, step: Step): boolean {
  return status === "completed" && step.kind === "thinking" && step.text === result;
}
