import type { EventStream, TaskDetail, TaskStatus } from "@freshet/client";
import { Text, Title } from "@mantine/core";
import { LiveList } from "../connection/LiveList";
import { mayReadBelow, NothingGranted } from "../session/NothingGranted";
import { useSignedIn } from "../session/SessionContext";
import { Centered } from "../ui/Centered";
import { TaskTable } from "./TaskTable";

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
  const { chosen } = props;
  return (
    <LiveList
      all={props.tasks}
      pick={(all) =>
        chosen.length === 0 ? all : all.filter(({ status }) => chosen.includes(status))
      }
      word="tasks"
      noMatch="No task has this status"
      onClear={props.onClear}
      none={<None />}
      stream={props.stream}
      reopen={props.reopen}
    >
      {(picked) => <TaskTable tasks={picked} />}
    </LiveList>
  );
}

function None() {
  const { session } = useSignedIn();
  if (!mayReadBelow("tasks", session.read)) {
    return <NothingGranted what="tasks" patterns={session.read} needed="tasks/**" />;
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
