import type { CallStatus, ToolStep } from "@freshet/agents";
import { UnstyledButton } from "@mantine/core";
import { memo, type ReactNode } from "react";
import { formatBytes, formatDuration, parseTime } from "../ui/format";
import { ChevronIcon } from "../ui/icons";
import { useNow } from "../ui/useNow";
import { CallDetail } from "./CallDetail";
import { FileLink } from "./FileLink";
import { formatTook } from "./run";
import classes from "./Story.module.css";
import { preview } from "./values";

/** A tool that was called: in one line, and opened with all that went in and came out. */
export const ToolRow = memo(function ToolRow(props: {
  executionId: string;
  rowKey: string;
  call: ToolStep;
  /** Undefined: as it is by itself, which is open where it failed. */
  opened: boolean | undefined;
  onToggle: (rowKey: string, open: boolean) => void;
}) {
  const { call, executionId } = props;
  const { status } = call;
  const opened = props.opened ?? status === "failed";
  return (
    <div className={classes["tool"]} data-status={status} data-call={call.callId}>
      <UnstyledButton
        className={classes["toolHead"]}
        aria-expanded={opened}
        onClick={() => props.onToggle(props.rowKey, !opened)}
      >
        <span className={classes["chevron"]}>
          <ChevronIcon />
        </span>
        <code className={classes["toolName"]}>{call.toolName}</code>
        <span className={classes["preview"]}>{preview(call.params)}</span>
        <span className={classes["toolStatus"]} data-status={status}>
          {words[status]}
        </span>
        <span className={classes["duration"]}>
          <Duration call={call} />
        </span>
      </UnstyledButton>
      {call.files.length > 0 && (
        <div className={classes["made"]}>
          {call.files.map(({ path, bytes }) => (
            <FileLink key={path} path={path}>
              {path} <span className={classes["faint"]}>{formatBytes(bytes)}</span>
            </FileLink>
          ))}
        </div>
      )}
      {opened && <CallDetail executionId={executionId} call={call} />}
    </div>
  );
});

const words: Record<CallStatus, string> = {
  waiting: "waits for approval",
  approved: "approved",
  rejected: "rejected",
  expired: "not answered in time",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "cut short",
};

function Duration({ call }: { call: ToolStep }): ReactNode {
  if (call.duration !== null) return formatTook(call.duration);
  return call.status === "running" ? <Running since={call.startedAt} /> : null;
}

function Running(props: { since: string | null }) {
  const now = useNow();
  const ms = now - (parseTime(props.since)?.getTime() ?? now);
  return ms < 1_000 ? null : formatDuration(ms);
}
