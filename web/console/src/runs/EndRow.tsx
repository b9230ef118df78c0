import { type Execution, isReference, readRunResult } from "@freshet/agents";
import { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import { Button, CopyButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { memo, useState } from "react";
import { Markdown } from "../markdown/Markdown";
import { formatBytes } from "../ui/format";
import { ProblemNotice } from "../ui/ProblemNotice";
import { Moment } from "./Moment";
import { formatTook } from "./run";
import classes from "./Story.module.css";

/** How a run ended. */
export const EndRow = memo(function EndRow({ run }: { run: Execution }) {
  const { status } = run;
  return (
    <div className={classes["end"]} data-status={status} data-testid="outcome">
      <div className={classes["rowHead"]}>
        <strong>{titles[status as keyof typeof titles]}</strong>
        {run.duration !== null && (
          <span className={classes["faint"]}>after {formatTook(run.duration)}</span>
        )}
        <Moment at={run.finishedAt} />
      </div>
      {run.error !== null && (
        <p className={classes["error"]}>
          {run.error.message} <span className={classes["faint"]}>({run.error.code})</span>
        </p>
      )}
      {run.cancelled !== null && (
        <p className={classes["said"]}>
          By {run.cancelled.by}
          {run.cancelled.reason !== null && `: ${run.cancelled.reason}`}
        </p>
      )}
      {status === "completed" && <Result run={run} />}
    </div>
  );
});

const titles = { completed: "Result", failed: "Failed", cancelled: "Cancelled" } as const;

function Result({ run }: { run: Execution }) {
  const { result } = run;
  const server = useServer();
  const [whole, setWhole] = useState(false);
  const { data, error, isFetching } = useQuery({
    queryKey: ["run", run.executionId, "result"],
    queryFn: ({ signal }) => readRunResult(server, run.executionId, { signal }),
    enabled: whole,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (result === null) return <p className={classes["faint"]}>It gave no result.</p>;
  const text = data ?? (isReference(result) ? result.preview : result);
  return (
    <>
      <Markdown text={text} />
      {error instanceof Problem && (
        <ProblemNotice problem={error} title="The whole result could not be read" />
      )}
      <div className={classes["detailEnd"]}>
        {isReference(result) && typeof data !== "string" && (
          <Button size="compact-xs" loading={isFetching} onClick={() => setWhole(true)}>
            Show all {formatBytes(result.bytes)}
          </Button>
        )}
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy result"}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  );
}
