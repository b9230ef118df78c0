import { Skeleton, Text, Title } from "@mantine/core";
import { useMemo } from "react";
import type { Acquisition } from "../acquisitions/acquisition";
import { AgentList } from "../agents/AgentList";
import type { Agent } from "../agents/agent";
import classes from "./OverviewPage.module.css";

/** The agents, or that none has reported yet. */
export function AgentsSection(props: {
  /** Null: not known yet. */
  agents: readonly Agent[] | null;
  acquisitions: readonly Acquisition[] | null;
}) {
  const { agents, acquisitions } = props;
  const names = useMemo(
    () => new Map(acquisitions?.map(({ uuid, name }) => [uuid, name])),
    [acquisitions],
  );
  return (
    <section className={classes["section"]} aria-labelledby="agents">
      <Title order={2} id="agents">
        Agents
      </Title>
      {agents === null && <Skeleton height={116} role="status" aria-label="Loading agents" />}
      {agents?.length === 0 && (
        <Text size="sm" c="dimmed">
          No agent has reported yet. One appears with its first session.
        </Text>
      )}
      {agents !== null && agents.length > 0 && <AgentList agents={agents} acquisitions={names} />}
    </section>
  );
}
