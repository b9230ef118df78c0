import type { Problem } from "@freshet/client";
import { Text } from "@mantine/core";
import { Notice } from "./Notice";

/** What the server says is wrong, in its words. */
export function ProblemNotice(props: { problem: Problem; title: string }) {
  const { problem } = props;
  return (
    <Notice tone="bad" title={props.title}>
      <Text size="sm">{problem.detail ?? problem.title}</Text>
      {problem.errors.map((fault) => (
        <Text size="sm" key={`${fault.pointer} ${fault.detail}`}>
          {fault.pointer === "" ? "" : `${fault.pointer}: `}
          {fault.detail}
        </Text>
      ))}
      <Text size="xs" c="dimmed" mt={4}>
        {problem.status === 0 ? problem.code : `${problem.code} · ${problem.status}`}
      </Text>
    </Notice>
  );
}
