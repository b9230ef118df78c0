import type { TaskStatus } from "@freshet/client";
import type { ReactNode } from "react";
import { Badge, type Tone } from "../ui/Badge";
import { statusLabels } from "./task";

/** Told apart by word, shape and colour. */
export function StatusBadge({ status }: { status: TaskStatus }) {
  return (
    <Badge tone={tones[status]} mark={marks[status]} width="7.2rem" data={status}>
      {statusLabels[status]}
    </Badge>
  );
}

const tones: Record<TaskStatus, Tone> = {
  pending: "idle",
  running: "busy",
  verifying: "busy",
  completed: "live",
  failed: "bad",
  cancelled: "warn",
};

const marks: Record<TaskStatus, ReactNode> = {
  pending: <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  running: <path d="M2 .5l7.5 4.5L2 9.5z" fill="currentColor" />,
  verifying: <path d="M0 2h10M0 5h10M0 8h6" stroke="currentColor" strokeWidth="1.6" />,
  completed: <path d="M1 5.5L4 8.5 9 2" fill="none" stroke="currentColor" strokeWidth="1.9" />,
  failed: (
    <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" fill="none" stroke="currentColor" strokeWidth="1.9" />
  ),
  cancelled: <path d="M1.5 1.5h7v7h-7z" fill="currentColor" />,
};
