import type { TaskDetail } from "@freshet/client";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatFull, parseTime } from "../ui/format";
import { Section } from "../ui/Section";
import classes from "./Tasks.module.css";

/** What a task is, and when it was made, begun and ended. */
export function TaskFacts({ task }: { task: TaskDetail }) {
  return (
    <Section title="Details">
      <dl className={classes["details"]}>
        <Fact name="Id">{task.id}</Fact>
        <Fact name="Owner">{task.owner}</Fact>
        <Fact name="Made">{time(task.createdAt)}</Fact>
        <Fact name="Started">{time(task.startedAt)}</Fact>
        <Fact name="Ended">{time(task.finishedAt)}</Fact>
        {task.retryOf !== null && (
          <Fact name="Retry of">
            <Link to="/console/tasks/$taskId" params={{ taskId: task.retryOf }}>
              {task.retryOf}
            </Link>
          </Fact>
        )}
      </dl>
    </Section>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function time(value: string | null): ReactNode {
  const at = parseTime(value);
  return at === null ? "–" : <time dateTime={at.toISOString()}>{formatFull(at)}</time>;
}
