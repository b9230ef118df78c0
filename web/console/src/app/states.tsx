import { Button, Loader, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Centered } from "../ui/Centered";

export function PageLoading() {
  return (
    <Centered>
      <Loader aria-label="Loading the page" />
    </Centered>
  );
}

export function NotFound() {
  return (
    <Centered>
      <Title order={1}>There is no such page</Title>
      <Link to="/">Go to the overview</Link>
    </Centered>
  );
}

/** A page that could not be loaded or drawn; most often a newer console was installed meanwhile. */
export function PageFailed(props: { error: unknown }) {
  return (
    <Centered>
      <Title order={1}>This page could not be shown</Title>
      <Text c="dimmed">{String(props.error)}</Text>
      <Button onClick={() => window.location.reload()}>Load again</Button>
    </Centered>
  );
}
