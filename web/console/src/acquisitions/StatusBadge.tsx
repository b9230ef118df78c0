import type { ReactNode } from "react";
import { Badge, type Tone } from "../ui/Badge";
import type { AcquisitionStatus } from "./acquisition";

export const statusLabels: Record<AcquisitionStatus, string> = {
  started: "Started",
  paused: "Paused",
  planned: "Planned",
  completed: "Completed",
  abandoned: "Abandoned",
};

/** Told apart by word, shape and colour. */
export function StatusBadge(props: { status: AcquisitionStatus | null }) {
  const { status } = props;
  return (
    <Badge
      tone={status === null ? "idle" : tones[status]}
      mark={status === null ? null : marks[status]}
      width="7.2rem"
      data={status ?? "unknown"}
    >
      {status === null ? "Unknown" : statusLabels[status]}
    </Badge>
  );
}

const tones: Record<AcquisitionStatus, Tone> = {
  started: "live",
  paused: "warn",
  planned: "busy",
  completed: "idle",
  abandoned: "bad",
};

const marks: Record<AcquisitionStatus, ReactNode> = {
  started: <path d="M2 .5l7.5 4.5L2 9.5z" fill="currentColor" />,
  paused: <path d="M1.5 1h2.5v8h-2.5zM6 1h2.5v8H6z" fill="currentColor" />,
  planned: <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  completed: <path d="M1 5.5L4 8.5 9 2" fill="none" stroke="currentColor" strokeWidth="1.9" />,
  abandoned: (
    <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" fill="none" stroke="currentColor" strokeWidth="1.9" />
  ),
};
