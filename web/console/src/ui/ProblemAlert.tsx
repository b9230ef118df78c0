import type { Problem } from "@freshet/client";
import { Alert, Text } from "@mantine/core";
import { AlertIcon } from "./icons";

/** What the server says is wrong, in its words. */
export function ProblemAlert(props: { problem: Problem; title?: string }) {
  const { problem } = props;
  return (
    <Alert color="red" icon={<AlertIcon />} title={props.title ?? problem.title} role="alert">
      <Text size="sm">{problem.detail ?? "The server gave no reason."}</Text>
      {problem.errors.map((fault) => (
        <Text size="sm" key={`${fault.pointer} ${fault.detail}`}>
          {fault.pointer === "" ? "" : `${fault.pointer}: `}
          {fault.detail}
        </Text>
      ))}
      <Text size="xs" c="dimmed" mt={4}>
        {problem.status === 0 ? problem.code : `${problem.code} · ${problem.status}`}
      </Text>
    </Alert>
  );
}
