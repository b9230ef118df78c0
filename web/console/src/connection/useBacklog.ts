import type { StreamStatus } from "@freshet/client";
import { useState } from "react";

/** As many as a server gives by default, or less. */
const steps = [5_000, 1_000, 100, 0] as const;

/**
 * How much of the past to begin with, and what to tell the status of the stream that asks for it: a
 * server may be set to give less.
 */
export function useBacklog(): readonly [number, (status: StreamStatus | null) => void] {
  const [step, setStep] = useState(0);
  const lessen = (status: StreamStatus | null) => {
    const tooMuch = status?.name === "failed" && status.problem.status === 422;
    if (tooMuch && step < steps.length - 1) setStep(step + 1);
  };
  return [steps[step] ?? 0, lessen];
}
