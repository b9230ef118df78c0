import type { LiveStream, StreamStatus } from "@freshet/client";
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatClock } from "../ui/format";
import { useNow } from "../ui/useNow";
import { describe } from "./describe";
import classes from "./FreshnessStrip.module.css";
import { useStatus } from "./useStatus";

/** Says whether what is below is true now; and if not, since when and why. */
export function FreshnessStrip(props: {
  stream: LiveStream | null;
  current: boolean;
  /** Said while everything is live; without it, the strip is only there when something is not. */
  summary?: string;
  /** Whether there is something below, also where it was read before its stream was live. */
  known?: boolean;
  reopen: () => void;
}) {
  const { current } = props;
  const status = useStatus(props.stream);
  const knownAt = useKnownAt(props.known ?? false);
  const isOpening = status?.name === "connecting" || status?.name === "open";
  const staleSince = useStaleSince(current) ?? (isOpening ? null : knownAt);
  const description = describe(status, useNow());
  if (current || status === null || staleSince === null) {
    if (props.summary === undefined) return null;
    return <div className={`${classes["strip"]} ${classes["current"]}`}>{props.summary}</div>;
  }
  return (
    <div className={`${classes["strip"]} ${classes[severity(status)]}`} role="status">
      <strong>{heading(status)}</strong>
      <span>
        What you see is from <time>{formatClock(staleSince)}</time>.
      </span>
      <span className={classes["label"]} aria-live="off">
        {description.label}
      </span>
      {mayReopen(status) && (
        <Button size="compact-sm" variant="default" onClick={props.reopen}>
          Connect again
        </Button>
      )}
    </div>
  );
}

/** Where a sign-in is needed, it opens the stream again by itself. */
function mayReopen(status: StreamStatus): boolean {
  return status.name === "ended" || (status.name === "failed" && status.problem.status !== 401);
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

/** When there first was something to show. */
function useKnownAt(known: boolean): Date | null {
  const [at, setAt] = useState<Date | null>(null);
  useEffect(() => {
    if (known) setAt(new Date());
  }, [known]);
  return at;
}
