import { Problem, type TaskDetail } from "@freshet/client";
import { useServer } from "@freshet/react";
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ProblemNotice } from "../ui/ProblemNotice";
import { cancelTask, deleteTask, retryTask } from "./requests";
import classes from "./Tasks.module.css";
import { isOver, titleOf } from "./task";

type Action = "cancel" | "retry" | "delete";

/** What may be done about a task; each is asked about before it is done. */
export function TaskActions({ task }: { task: TaskDetail }) {
  const server = useServer();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Action>("cancel");
  const [opened, setOpened] = useState(false);
  const act = useMutation<TaskDetail | undefined, unknown, Action>({
    mutationFn: async (action) => {
      if (action === "retry") return await retryTask(server, task.id);
      await (action === "cancel" ? cancelTask : deleteTask)(server, task.id);
      return undefined;
    },
    onSuccess: (made, action) => {
      setOpened(false);
      if (made !== undefined) {
        void navigate({ to: "/console/tasks/$taskId", params: { taskId: made.id } });
      } else if (action === "delete") {
        void navigate({ to: "/console/tasks" });
      }
    },
  });

  function ask(action: Action) {
    act.reset();
    setAsked(action);
    setOpened(true);
  }

  const { title, text, go, stay } = questions[asked];
  return (
    <>
      {!isOver(task) && (
        <Button size="xs" variant="default" onClick={() => ask("cancel")}>
          Cancel…
        </Button>
      )}
      {(task.status === "failed" || task.status === "cancelled") && (
        <Button size="xs" onClick={() => ask("retry")}>
          Retry…
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => ask("delete")}>
        Delete…
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={title}>
        <Stack gap="sm">
          <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
            {titleOf(task)}
          </Text>
          <Text size="sm">{text(task)}</Text>
          {act.error instanceof Problem && (
            <ProblemNotice problem={act.error} title={refusalOf(act.error)} />
          )}
          <div className={classes["buttons"]}>
            <Button variant="default" onClick={() => setOpened(false)}>
              {stay}
            </Button>
            <Button data-autofocus loading={act.isPending} onClick={() => act.mutate(asked)}>
              {go}
            </Button>
          </div>
        </Stack>
      </Modal>
    </>
  );
}

const questions: Record<
  Action,
  { title: string; text: (task: TaskDetail) => string; go: string; stay: string }
> = {
  cancel: {
    title: "Cancel this task?",
    text: () => "It ends at once. What it has fetched so far is kept, and a retry goes on with it.",
    go: "Cancel the task",
    stay: "Let it run",
  },
  retry: {
    title: "Retry this task?",
    text: () => "A new task with the same parameters is made, and goes on with what was fetched.",
    go: "Retry",
    stay: "Back",
  },
  delete: {
    title: "Delete this task?",
    text: (task) =>
      `${isOver(task) ? "" : "It is cancelled first. "}What it left unfinished is removed; files that are complete stay.`,
    go: "Delete the task",
    stay: "Keep it",
  },
};

function refusalOf({ status, code }: Problem): string {
  if (status === 403) return "You may not change this task";
  if (status === 404) return "This task is not there any more";
  if (code === "task_finished") return "The task has ended already";
  return status === 0 ? "No answer: look at the list before you try again" : "Not done";
}
