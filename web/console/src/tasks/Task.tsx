import type { TaskDetail } from "@freshet/client";
import { Button, Skeleton, Stack } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useShowInHeader } from "../connection/ConnectionContext";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { Fresh } from "../ui/Fresh";
import { JsonView } from "../ui/JsonView";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";
import { Section } from "../ui/Section";
import { NoSuchTask } from "./NoSuchTask";
import { Overall } from "./Overall";
import { RateSection } from "./RateSection";
import { SubtaskTable } from "./SubtaskTable";
import { TaskFacts } from "./TaskFacts";
import { TaskHead } from "./TaskHead";
import classes from "./Tasks.module.css";
import { isOver, titleOf } from "./task";
import { useRates } from "./useRates";
import { useTask } from "./useTask";

/** All that is known of one task, live until it has ended. */
export function Task({ id }: { id: string }) {
  const { task, state, problem, stream, current, reopen } = useTask(id);
  useShowInHeader(stream);
  const rates = useRates(task, current);
  useDocumentTitle(`${task === null ? "Task" : titleOf(task)} · Freshet`);

  if (state === "unknown") return <NoSuchTask id={id} />;
  if (task === null) {
    if (state === "loading" || problem === null) return <Loading />;
    return (
      <Stack>
        <ProblemNotice problem={problem} title="The task cannot be shown" />
        <Button variant="default" onClick={reopen} style={{ alignSelf: "start" }}>
          Try again
        </Button>
      </Stack>
    );
  }
  return (
    <div className={classes["page"]}>
      <TaskHead task={task} deleted={state === "deleted"} />
      {state === "deleted" ? (
        <Notice tone="warn" title="This task was deleted">
          What you see is what was last known of it.
        </Notice>
      ) : (
        <FreshnessStrip stream={stream} current={current} known reopen={reopen} />
      )}
      <Outcome task={task} />
      <Fresh stale={!current}>
        <Overall task={task} />
        <div className={classes["columns"]}>
          <div className={classes["main"]}>
            <RateSection samples={rates} over={isOver(task)} />
            <Section title="Files">
              <SubtaskTable subtasks={task.subtasks} />
            </Section>
          </div>
          <aside className={classes["main"]}>
            <TaskFacts task={task} />
            <Section title="Parameters">
              <JsonView json={JSON.stringify(task.params ?? null)} />
            </Section>
          </aside>
        </div>
      </Fresh>
    </div>
  );
}

/** Why it failed. */
function Outcome({ task }: { task: TaskDetail }) {
  if (task.error === null) return null;
  return (
    <Notice tone="bad" title="This task failed">
      {task.error.message} ({task.error.code})
    </Notice>
  );
}

function Loading() {
  return (
    <Stack gap={12} role="status" aria-label="Loading the task">
      <Skeleton height={34} width="40%" />
      <Skeleton height={110} />
      <Skeleton height={280} />
    </Stack>
  );
}
