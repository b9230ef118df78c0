import type { EventStream } from "@freshet/client";
import { Button, Loader, Text, Title } from "@mantine/core";
import { useStatus } from "../connection/useStatus";
import { Centered } from "../ui/Centered";
import { ProblemNotice } from "../ui/ProblemNotice";

/** Why a tail has no rows. */
export function TailEmpty(props: { stream: EventStream | null; reopen: () => void }) {
  const status = useStatus(props.stream);
  if (status?.name === "failed") {
    return (
      <Centered>
        <ProblemNotice problem={status.problem} title="The stream was refused" />
        <Button variant="default" onClick={props.reopen}>
          Try again
        </Button>
      </Centered>
    );
  }
  if (status?.name === "open" || status?.name === "polling") {
    return (
      <Centered>
        <Title order={2} size="h4">
          Nothing yet
        </Title>
        <Text c="dimmed">Events that match appear here as they happen.</Text>
      </Centered>
    );
  }
  return (
    <Centered>
      <Loader aria-label="Opening the stream" />
    </Centered>
  );
}
