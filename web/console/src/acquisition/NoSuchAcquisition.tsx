import { Code, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Centered } from "../ui/Centered";

/** What may not be read looks like what is not there; so it does to the server's other clients. */
export function NoSuchAcquisition({ uuid }: { uuid: string }) {
  return (
    <Centered>
      <Title order={1}>There is no such acquisition</Title>
      <Text c="dimmed">
        <Code>{uuid}</Code> was never reported, was deleted, or this session may not see it.
      </Text>
      <Link to="/">Go to the overview</Link>
    </Centered>
  );
}
