import type { EventStream, TaskDetail, TaskStatus } from "@freshet/client";
import { Button, Code, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useStatus } from "../connection/useStatus";
import { useSignedIn } from "../session/SessionContext";
import { Centered } from "../ui/Centered";
import { formatCount } from "../ui/format";
import { ProblemNotice } from "../ui/ProblemNotice";
import { TaskTable } from "./TaskTable";

/** More rows than anybody reads; the others are one click or one filter away. */
const firstRows = 100;

/** The list, or why there is none. */
export function TasksView(props: {
  /** Null: not known yet. */
  tasks: readonly TaskDetail[] | null;
  /** None: all. */
  chosen: readonly TaskStatus[];
  stream: EventStream | null;
  reopen: () => void;
  onClear: () => void;
}) {
  const { tasks, chosen } = props;
  const [all, setAll] = useState(false);
  if (tasks === null) return <NotYet stream={props.stream} reopen={props.reopen} />;
  if (tasks.length === 0) return <None />;
  const picked =
    chosen.length === 0 ? tasks : tasks.filter(({ status }) => chosen.includes(status));
  if (picked.length === 0) return <NoMatch onClear={props.onClear} />;
  const shown = all ? picked : picked.slice(0, firstRows);
  return (
    <Stack gap="sm">
      <TaskTable tasks={shown} />
      {shown.length < picked.length && (
        <Button variant="default" onClick={() => setAll(true)}>
          Show all {formatCount(picked.length)}
        </Button>
      )}
    </Stack>
  );
}

function NotYet(props: { stream: EventStream | null; reopen: () => void }) {
  const status = useStatus(props.stream);
  if (status?.name === "failed") {
    return (
      <Stack>
        <ProblemNotice problem={status.problem} title="Tasks cannot be shown" />
        <Button variant="default" onClick={props.reopen} style={{ alignSelf: "start" }}>
          Try again
        </Button>
      </Stack>
    );
  }
  return (
    <Stack gap={8} role="status" aria-label="Loading tasks">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={62} />
      ))}
    </Stack>
  );
}

function NoMatch(props: { onClear: () => void }) {
  return (
    <Centered>
      <Title order={2} size="h4">
        No task has this status
      </Title>
      <Button variant="default" onClick={props.onClear}>
        Show all
      </Button>
    </Centered>
  );
}

function None() {
  const { session } = useSignedIn();
  if (!session.read.some(mayReadTasks)) {
    return (
      <Centered>
        <Title order={2} size="h4">
          This session shows no tasks
        </Title>
        <Text c="dimmed">
          It may read <Code>{session.read.join(" ") || "nothing"}</Code>. Ask for a token that may
          read <Code>tasks/**</Code>.
        </Text>
      </Centered>
    );
  }
  return (
    <Centered>
      <Title order={2} size="h4">
        No tasks yet
      </Title>
      <Text c="dimmed">A transfer that somebody makes appears here, and goes on by itself.</Text>
    </Centered>
  );
}

function mayReadTasks(pattern: string): boolean {
  const [first] = pattern.split("/");
  return first === "tasks" || first === "*" || first === "**";
}
