import type { RunStatus } from "@freshet/agents";
import type { ReactNode } from "react";
import { Badge, type Tone } from "../ui/Badge";
import { statusLabels } from "./run";

/** Told apart by word, shape and colour. */
export function RunBadge({ status }: { status: RunStatus }) {
  return (
    <Badge tone={tones[status]} mark={marks[status]} width="7.2rem" data={status}>
      {statusLabels[status]}
    </Badge>
  );
}

const tones: Record<RunStatus, Tone> = {
  running: "busy",
  waiting: "warn",
  completed: "live",
  failed: "bad",
  cancelled: "idle",
};

const marks: Record<RunStatus, ReactNode> = {
  running: <path d="M2 .5l7.5 4.5L2 9.5z" fill="currentColor" />,
  waiting: <path d="M2 1h2.200v8H2zM5.800 1H8v8H5.800z" fill="currentColor" />,
  completed: <path d="M1 5.5L4 8.5 9 2" fill="none" stroke="currentColor" strokeWidth="1.9" />,
  failed: (
    <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" fill="none" stroke="currentColor" strokeWidth="1.9" />
  ),
  cancelled: <path d="M1.5 1.5h7v7h-7z" fill="currentColor" />,
};
