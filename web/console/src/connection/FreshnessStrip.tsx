import type { EventStream, StreamStatus } from "@freshet/client";
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatClock } from "../ui/format";
import { useNow } from "../ui/useNow";
import { useStatus } from "./ConnectionContext";
import { describe, isCurrent } from "./describe";
import classes from "./FreshnessStrip.module.css";

/** Says whether what is below is true now; and if not, since when and why. */
export function FreshnessStrip(props: {
  stream: EventStream | null;
  /** Said while everything is live. */
  summary: string;
  reopen: () => void;
}) {
  const { stream } = props;
  const status = useStatus(stream);
  const current = stream !== null && isCurrent(stream);
  const staleSince = useStaleSince(current);
  const description = describe(status, useNow());
  if (current || status === null || staleSince === null) {
    return <div className={`${classes["strip"]} ${classes["current"]}`}>{props.summary}</div>;
  }
  return (
    <div className={`${classes["strip"]} ${classes[severity(status)]}`} role="status">
      <strong>{heading(status)}</strong>
      <span>
        What you see is from <time>{formatClock(staleSince)}</time>.
      </span>
      <span aria-live="off">{description.label}</span>
      {(status.name === "failed" || status.name === "ended") && (
        <Button size="compact-sm" variant="default" onClick={props.reopen}>
          Connect again
        </Button>
      )}
    </div>
  );
}

function severity(status: StreamStatus): "stale" | "over" | "done" {
  if (status.name === "failed") return "over";
  return status.name === "ended" ? "done" : "stale";
}

function heading(status: StreamStatus): string {
  if (status.name === "ended") return "This stream has ended.";
  return "Not live.";
}

/** When what is shown stopped to be current; null if it is current, or never was. */
function useStaleSince(current: boolean): Date | null {
  const [known, setKnown] = useState<{ current: boolean; since: Date | null }>({
    current,
    since: null,
  });
  useEffect(() => {
    setKnown((before) => {
      if (before.current === current) return before;
      return { current, since: current ? null : new Date() };
    });
  }, [current]);
  return known.since;
}
