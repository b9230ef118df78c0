import { Skeleton, Text } from "@mantine/core";
import { AgentList } from "../agents/AgentList";
import type { Agent } from "../agents/agent";
import { Section } from "../ui/Section";

/** The agents that report to the acquisition. */
export function AcquisitionAgents(props: {
  agents: readonly Agent[];
  /** Whether the stream has told of them yet. */
  known: boolean;
}) {
  const { agents } = props;
  return (
    <Section title="Agents">
      {!props.known && <Skeleton height={116} role="status" aria-label="Loading agents" />}
      {props.known && agents.length === 0 && (
        <Text size="sm" c="dimmed">
          No agent has a session for this acquisition.
        </Text>
      )}
      {agents.length > 0 && <AgentList agents={agents} />}
    </Section>
  );
}
