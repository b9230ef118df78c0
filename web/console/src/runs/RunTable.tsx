// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import type { ExecutionSummary } from "@freshet/agents";
import { Link } from "@tanstack/react-router";
import { Ago } from "../ui/Ago";
import { type Column, DataTable, Minor, RowError } from "../ui/DataTable";
import { formatCount, parseTime } from "../ui/format";
import { useNow } from "../ui/useNow";
import { ModelName } from "./ModelName";
import { RunBadge } from "./RunBadge";
import classes from "./RunTable.module.css";
import { formatCost, formatTaken, phasesDone, titleOf } from "./run";

/** Where a row becomes a card. */
const cardsBelow = 860;

/** Runs, and how far they are. */
export function RunTable({ runs }: { runs: readonly ExecutionSummary[] }) {
  return (
    <DataTable
      label="Agent runs"
      columns={columns}
      rows={runs}
      keyOf={({ executionId }) => executionId}
      cardsBelow={cardsBelow}
      firstRows={Number.POSITIVE_INFINITY}
    >
      {(run) => <Row run={run} />}
    </DataTable>
  );
}

const columns: readonly Column[] = [
  ["Task"],
  ["Status", classes["status"]],
  ["Took", classes["took"]],
  ["Tokens", classes["tokens"]],
  ["Cost", classes["cost"]],
  ["Started", classes["started"]],
];

function Row({ run }: { run: ExecutionSummary }) {
  const { executionId, usage, error } = run;
  const startedAt = parseTime(run.startedAt);
  return (
    <tr role="row" data-run={executionId} data-state={run.status}>
      <td role="cell">
        <Link to="/console/runs/$executionId" params={{ executionId }} className={classes["name"]}>
          {titleOf(run)}
        </Link>
        <Minor>
          <ModelName model={run.model} /> · {run.owner}
          {run.external && " · reported"}
        </Minor>
        {error !== null && <RowError>{error.message}</RowError>}
      </td>
      <td role="cell">
        <RunBadge status={run.status} />
        <Minor className={classes["phases"]}>{phasesDone(run)}</Minor>
      </td>
      <td role="cell" className={classes["number"]}>
        <Took run={run} />
      </td>
      <td role="cell" className={classes["number"]}>
        {formatCount(usage.totalTokens)}
        <span className={classes["unit"]}> tokens</span>
      </td>
      <td role="cell" className={classes["number"]} data-unknown={usage.cost === null}>
        {formatCost(usage.cost)}
      </td>
      <td role="cell" className={classes["age"]}>
        {startedAt !== null && <Ago at={startedAt} />}
      </td>
    </tr>
  );
}

function Took({ run }: { run: ExecutionSummary }) {
  return formatTaken(run, useNow());
}
