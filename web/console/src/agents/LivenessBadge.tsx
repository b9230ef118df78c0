import type { ReactNode } from "react";
import { Badge, type Tone } from "../ui/Badge";
import type { Liveness } from "./agent";

/** Told apart by word, shape and colour. */
export function LivenessBadge(props: { liveness: Liveness | null }) {
  const { liveness } = props;
  const look = liveness === null ? unknown : looks[liveness];
  return (
    <Badge tone={look.tone} mark={look.mark} width="6rem" data={liveness ?? "unknown"}>
      {look.label}
    </Badge>
  );
}

interface Look {
  readonly label: string;
  readonly tone: Tone;
  readonly mark: ReactNode;
}

const unknown: Look = { label: "Unknown", tone: "idle", mark: null };

const looks: Record<Liveness, Look> = {
  online: {
    label: "Online",
    tone: "live",
    mark: <circle cx="5" cy="5" r="4.5" fill="currentColor" />,
  },
  stale: {
    label: "Stale",
    tone: "warn",
    mark: (
      <>
        <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M5 1.200a3.800 3.800 0 0 1 0 7.600z" fill="currentColor" />
      </>
    ),
  },
  offline: {
    label: "Offline",
    tone: "bad",
    mark: <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  },
};
