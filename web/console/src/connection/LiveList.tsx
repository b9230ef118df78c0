import type { LiveStream } from "@freshet/client";
import { Button, Skeleton, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Centered } from "../ui/Centered";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useStatus } from "./useStatus";

/** A page's list, or why there is none. */
export function LiveList<T>(props: {
  /** Null: not known yet. */
  all: readonly T[] | null;
  pick: (all: readonly T[]) => readonly T[];
  /** What they are: `tasks`. */
  word: string;
  /** Said where there are some, and none is picked. */
  noMatch: string;
  onClear: () => void;
  /** Said where there are none at all. */
  none: ReactNode;
  stream: LiveStream | null;
  reopen: () => void;
  children: (picked: readonly T[]) => ReactNode;
}) {
  const { all } = props;
  if (all === null) {
    return <NotYet word={props.word} stream={props.stream} reopen={props.reopen} />;
  }
  if (all.length === 0) return props.none;
  const picked = props.pick(all);
  if (picked.length > 0) return <Stack gap="sm">{props.children(picked)}</Stack>;
  return (
    <Centered>
      <Title order={2} size="h4">
        {props.noMatch}
      </Title>
      <Button variant="default" onClick={props.onClear}>
        Show all
      </Button>
    </Centered>
  );
}

function NotYet(props: { word: string; stream: LiveStream | null; reopen: () => void }) {
  const { word } = props;
  const status = useStatus(props.stream);
  if (status?.name === "failed") {
    const title = `${word.charAt(0).toUpperCase()}${word.slice(1)} cannot be shown`;
    return (
      <Stack>
        <ProblemNotice problem={status.problem} title={title} />
        <Button variant="default" onClick={props.reopen} style={{ alignSelf: "start" }}>
          Try again
        </Button>
      </Stack>
    );
  }
  return (
    <Stack gap={8} role="status" aria-label={`Loading ${word}`}>
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={62} />
      ))}
    </Stack>
  );
}
