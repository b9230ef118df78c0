import type { Execution } from "@freshet/agents";
import { Fact, Facts, FactTime } from "../ui/Facts";
import { formatCount, formatDuration } from "../ui/format";
import { Section } from "../ui/Section";
import { ModelName } from "./ModelName";
import { formatCost } from "./run";

/** What a run has used, of how much; and what else is known of it. */
export function RunFacts({ run }: { run: Execution }) {
  const { usage, limits } = run;
  const of = (limit: number | null | undefined, format: (value: number) => string) =>
    limit === null || limit === undefined ? "" : ` of ${format(limit)}`;
  return (
    <>
      <Section title="Usage">
        <Facts>
          <Fact name="Tokens">
            {formatCount(usage.totalTokens)}
            {of(limits?.tokens, formatCount)}
          </Fact>
          <Fact name="In and out">
            {formatCount(usage.inputTokens)} and {formatCount(usage.outputTokens)}
          </Fact>
          <Fact name="Cost">
            {usage.cost === null
              ? "no price known"
              : `${formatCost(usage.cost)}${of(limits?.cost, formatCost)}`}
          </Fact>
          <Fact name="Iterations">
            {formatCount(usage.iterations)}
            {of(limits?.iterations, formatCount)}
          </Fact>
          {limits !== null && (
            <Fact name="Time">at most {formatDuration(limits.seconds * 1_000)}</Fact>
          )}
        </Facts>
      </Section>
      <Section title="Details">
        <Facts>
          <Fact name="Model">
            <ModelName model={run.model} />
            {run.model !== null && !run.model.scripted && `, ${run.model.provider}`}
          </Fact>
          <Fact name="Owner">{run.owner}</Fact>
          <Fact name="Shared with">
            {run.viewers.length === 0 ? "nobody" : run.viewers.join(", ")}
          </Fact>
          <FactTime name="Started" value={run.startedAt} />
          <FactTime name="Ended" value={run.finishedAt} />
          <Fact name="Id">{run.executionId}</Fact>
          {run.external && <Fact name="Agent">elsewhere; it reports this run</Fact>}
        </Facts>
      </Section>
    </>
  );
}
