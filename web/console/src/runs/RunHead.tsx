import type { Execution } from "@freshet/agents";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { PageHead } from "../ui/PageHead";
import { useNow } from "../ui/useNow";
import { ModelName } from "./ModelName";
import { RunBadge } from "./RunBadge";
import { formatTaken, formatUsage, titleOf } from "./run";

/** What was asked for, of whom, how it is, and what it has used. */
export function RunHead(props: { run: Execution; actions: ReactNode; replaying: boolean }) {
  const { run } = props;
  return (
    <PageHead
      crumb={<Link to="/console/runs">Agent runs</Link>}
      title={titleOf(run)}
      badge={<RunBadge status={run.status} />}
      facts={
        <>
          <ModelName model={run.model} /> · {run.owner}
          {!props.replaying && (
            <>
              {" "}
              · <Elapsed run={run} />
            </>
          )}{" "}
          · {formatUsage(run.usage)}
        </>
      }
      actions={props.actions}
    />
  );
}

function Elapsed({ run }: { run: Execution }) {
  return formatTaken(run, useNow());
}
