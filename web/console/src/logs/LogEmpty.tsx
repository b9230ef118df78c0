import type { LiveStream } from "@freshet/client";
import { Button, Loader, Text, Title } from "@mantine/core";
import { isCurrent, useStatus } from "../connection/useStatus";
import { Centered } from "../ui/Centered";
import { ProblemNotice } from "../ui/ProblemNotice";

/** Why a log has no lines. */
export function LogEmpty(props: {
  stream: LiveStream | null;
  agents: readonly string[];
  reopen: () => void;
}) {
  const status = useStatus(props.stream);
  if (status?.name === "failed") {
    return (
      <Centered>
        <ProblemNotice problem={status.problem} title="The log cannot be shown" />
        <Button variant="default" onClick={props.reopen}>
          Try again
        </Button>
      </Centered>
    );
  }
  if (!isCurrent(status)) {
    return (
      <Centered>
        <Loader aria-label="Opening the log" />
      </Centered>
    );
  }
  return (
    <Centered>
      <Title order={3} size="h4">
        No log lines yet
      </Title>
      <Text c="dimmed">
        {props.agents.length === 0
          ? "No agent that this session may see has reported yet."
          : "Lines appear here as soon as an agent writes them."}
      </Text>
    </Centered>
  );
}
