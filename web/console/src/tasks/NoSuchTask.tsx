import { Code, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Centered } from "../ui/Centered";

/** What may not be read looks like what is not there; so it does to the server's other clients. */
export function NoSuchTask({ id }: { id: string }) {
  return (
    <Centered>
      <Title order={1}>There is no such task</Title>
      <Text c="dimmed">
        <Code>{id}</Code> was never made, was deleted, or this session may not see it.
      </Text>
      <Link to="/console/tasks">Go to the tasks</Link>
    </Centered>
  );
}
