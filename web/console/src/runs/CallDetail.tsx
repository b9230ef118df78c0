import type { ToolStep } from "@freshet/agents";
import { Problem } from "@freshet/client";
import { Button, CopyButton } from "@mantine/core";
import { useState } from "react";
import { ProblemNotice } from "../ui/ProblemNotice";
import { hasReference } from "./run";
import classes from "./Story.module.css";
import { useWholeCall } from "./useWholeCall";
import { ValueView } from "./ValueView";

/** What went into a call, and what came out. */
export function CallDetail(props: { executionId: string; call: ToolStep }) {
  const { call } = props;
  const [whole, setWhole] = useState(false);
  const isCut = hasReference(call.params) || hasReference(call.result);
  const { data, error, isFetching, refetch } = useWholeCall(
    props.executionId,
    call,
    whole && isCut,
  );
  const { params, result } = data ?? call;
  const hasResult = call.status === "succeeded" || result !== null;
  return (
    <div className={classes["detail"]}>
      <section aria-label="Parameters">
        <h4 className={classes["label"]}>Parameters</h4>
        <ValueView label="Parameters" value={params} />
      </section>
      {call.error !== null && (
        <section aria-label="Error">
          <h4 className={classes["label"]}>Error</h4>
          <p className={classes["error"]}>{call.error}</p>
        </section>
      )}
      {hasResult && (
        <section aria-label="Result">
          <h4 className={classes["label"]}>Result</h4>
          <ValueView label="Result" value={result} />
        </section>
      )}
      {error instanceof Problem && (
        <ProblemNotice problem={error} title="The whole could not be read" />
      )}
      <div className={classes["detailEnd"]}>
        {isCut && data === undefined && (
          <Button
            size="compact-xs"
            loading={isFetching}
            onClick={() => (error === null ? setWhole(true) : void refetch())}
          >
            Show the whole
          </Button>
        )}
        <CopyButton value={JSON.stringify({ params, result }, null, 2)}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy JSON"}
            </Button>
          )}
        </CopyButton>
        <span className={classes["faint"]}>{call.callId}</span>
      </div>
    </div>
  );
}
