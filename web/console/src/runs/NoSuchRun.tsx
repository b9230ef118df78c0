import { Code, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Centered } from "../ui/Centered";

/** What may not be read looks like what is not there; so it does to the server's other clients. */
export function NoSuchRun({ id }: { id: string }) {
  return (
    <Centered>
      <Title order={1}>There is no such run</Title>
      <Text c="dimmed">
        <Code>{id}</Code> never was, was deleted, or is not shared with this session.
      </Text>
      <Link to="/console/runs">Go to the runs</Link>
    </Centered>
  );
}
