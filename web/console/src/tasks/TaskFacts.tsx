import type { TaskDetail } from "@freshet/client";
import { Link } from "@tanstack/react-router";
import { Fact, Facts, FactTime } from "../ui/Facts";
import { Section } from "../ui/Section";

/** What a task is, and when it was made, begun and ended. */
export function TaskFacts({ task }: { task: TaskDetail }) {
  return (
    <Section title="Details">
      <Facts>
        <Fact name="Id">{task.id}</Fact>
        <Fact name="Owner">{task.owner}</Fact>
        <FactTime name="Made" value={task.createdAt} />
        <FactTime name="Started" value={task.startedAt} />
        <FactTime name="Ended" value={task.finishedAt} />
        {task.retryOf !== null && (
          <Fact name="Retry of">
            <Link to="/console/tasks/$taskId" params={{ taskId: task.retryOf }}>
              {task.retryOf}
            </Link>
          </Fact>
        )}
      </Facts>
    </Section>
  );
}
