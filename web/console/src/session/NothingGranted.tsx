import { Code, Text, Title } from "@mantine/core";
import { Centered } from "../ui/Centered";

/** Says which grant a list needs of which the session may read nothing. */
export function NothingGranted(props: {
  what: string;
  /** What it may read. */
  patterns: readonly string[];
  /** What would do, such as `tasks/**`. */
  needed: string;
  more?: string;
}) {
  return (
    <Centered>
      <Title order={2} size="h4">
        This session shows no {props.what}
      </Title>
      <Text c="dimmed">
        It may read <Code>{props.patterns.join(" ") || "nothing"}</Code>. Ask for a token that may
        read <Code>{props.needed}</Code>
        {props.more}.
      </Text>
    </Centered>
  );
}

/** Whether patterns leave anything to be read below a topic's first segment. */
export function mayReadBelow(first: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => [first, "*", "**"].includes(pattern.split("/")[0] ?? ""));
}
