import { cancelExecution, deleteExecution, type Execution, isOver } from "@freshet/agents";
import { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import { Button, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ProblemNotice } from "../ui/ProblemNotice";
import classes from "./Runs.module.css";
import { titleOf } from "./run";
import { ShareDialog } from "./ShareDialog";

type Action = "cancel" | "delete";

/** What may be done about a run. */
export function RunActions(props: {
  run: Execution;
  /** Whether the session may change it; who may not still gets the link. */
  mayChange: boolean;
  /** Null while it is replayed. */
  onReplay: (() => void) | null;
}) {
  const { run, mayChange } = props;
  const server = useServer();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Action>("cancel");
  const [opened, setOpened] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [reason, setReason] = useState("");
  const act = useMutation<unknown, unknown, Action>({
    mutationFn: (action) => {
      const said = reason.trim();
      return action === "delete"
        ? deleteExecution(server, run.executionId)
        : cancelExecution(server, run.executionId, { reason: said === "" ? undefined : said });
    },
    onSuccess: (_, action) => {
      setOpened(false);
      if (action === "delete") void navigate({ to: "/console/runs" });
    },
  });

  function ask(action: Action) {
    act.reset();
    setReason("");
    setAsked(action);
    setOpened(true);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate(asked);
  }

  const over = isOver(run.status);
  const { title, text, go, stay } = questions[asked];
  return (
    <>
      {over && props.onReplay !== null && (
        <Button size="xs" variant="default" onClick={props.onReplay}>
          Replay
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setSharing(true)}>
        Share…
      </Button>
      {!over && mayChange && (
        <Button size="xs" variant="default" onClick={() => ask("cancel")}>
          Cancel…
        </Button>
      )}
      {mayChange && (
        <Button size="xs" variant="default" onClick={() => ask("delete")}>
          Delete…
        </Button>
      )}
      <ShareDialog
        run={run}
        mayChange={mayChange}
        opened={sharing}
        onClose={() => setSharing(false)}
      />
      <Modal opened={opened} onClose={() => setOpened(false)} title={title}>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
              {titleOf(run)}
            </Text>
            <Text size="sm">{text(over)}</Text>
            {asked === "cancel" && (
              <TextInput
                label="Reason"
                description="May be empty"
                autoComplete="off"
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
            {act.error instanceof Problem && (
              <ProblemNotice problem={act.error} title={refusalOf(act.error)} />
            )}
            <div className={classes["buttons"]}>
              <Button variant="default" onClick={() => setOpened(false)}>
                {stay}
              </Button>
              <Button data-autofocus type="submit" loading={act.isPending}>
                {go}
              </Button>
            </div>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

const questions: Record<
  Action,
  { title: string; text: (over: boolean) => string; go: string; stay: string }
> = {
  cancel: {
    title: "Cancel this run?",
    text: () => "It ends at once, in the middle of what it does. What it made so far is kept.",
    go: "Cancel the run",
    stay: "Let it run",
  },
  delete: {
    title: "Delete this run?",
    text: (over) =>
      `${over ? "" : "It is cancelled first. "}All that it did and the files that it made are removed, for everybody.`,
    go: "Delete the run",
    stay: "Keep it",
  },
};

function refusalOf({ status, code }: Problem): string {
  if (status === 403) return "You may not change this run";
  if (status === 404) return "This run is not there any more";
  if (code === "execution_finished") return "The run has ended already";
  return status === 0 ? "No answer: it may have been done" : "Not done";
}
