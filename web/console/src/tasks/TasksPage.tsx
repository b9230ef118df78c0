import type { TaskDetail } from "@freshet/client";
import { Button, Modal, Title } from "@mantine/core";
import { useDisclosure, useDocumentTitle } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { useFollowedStates } from "../connection/useFollowedStates";
import { Choices } from "../ui/Choices";
import { Fresh } from "../ui/Fresh";
import { formatCount, plural } from "../ui/format";
import classes from "./Tasks.module.css";
import { TasksView } from "./TasksView";
import { TransferForm } from "./TransferForm";
import { isOver, rate, statuses, statusLabels, tasksOf, taskTopic } from "./task";

const route = getRouteApi("/console/tasks");
const topics = [taskTopic];

/** All tasks that the session may see, live by one stream. */
export default function TasksPage() {
  useDocumentTitle("Tasks · Freshet");
  const { stream, reopen, states, current } = useFollowedStates(topics);
  const tasks = useMemo(() => (states === null ? null : tasksOf(states)), [states]);
  const { status: chosen = [] } = route.useSearch();
  const navigate = route.useNavigate();
  const [making, dialog] = useDisclosure(false);

  return (
    <div className={classes["page"]}>
      <Title order={1}>Tasks</Title>
      <FreshnessStrip stream={stream} current={current} summary={summary(tasks)} reopen={reopen} />
      <div className={classes["bar"]}>
        <Choices
          label="Statuses"
          choices={choicesOf(tasks ?? [], chosen)}
          chosen={chosen}
          onChange={(status) =>
            void navigate({ search: status.length === 0 ? {} : { status }, replace: true })
          }
        />
        <Button size="xs" className={classes["end"] ?? ""} onClick={dialog.open}>
          New transfer…
        </Button>
      </div>
      <Fresh stale={states !== null && !current}>
        <TasksView
          tasks={tasks}
          chosen={chosen}
          stream={stream}
          reopen={reopen}
          onClear={() => void navigate({ search: {}, replace: true })}
        />
      </Fresh>
      <Modal opened={making} onClose={dialog.close} title="Fetch files" size="lg">
        <TransferForm />
      </Modal>
    </div>
  );
}

function choicesOf(tasks: readonly TaskDetail[], chosen: readonly TaskDetail["status"][]) {
  return statuses
    .map((status) => ({
      value: status,
      label: statusLabels[status],
      count: tasks.filter((task) => task.status === status).length,
    }))
    .filter(({ value, count }) => count > 0 || chosen.includes(value));
}

function summary(tasks: readonly TaskDetail[] | null): string {
  if (tasks === null || tasks.length === 0) return "";
  const open = tasks.filter((task) => !isOver(task));
  const total = open.reduce((sum, { progress }) => sum + progress.bytesPerSecond, 0);
  return [
    `${formatCount(open.length)} of ${plural(tasks.length, "task")} not ended`,
    ...(open.length === 0 ? [] : [rate(total)]),
  ].join(" · ");
}
