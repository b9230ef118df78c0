import type { Execution } from "@freshet/agents";
import { memo } from "react";
import { Moment } from "./Moment";
import classes from "./Story.module.css";

/** What was asked for, in whole. */
export const TaskRow = memo(
  function TaskRow({ run }: { run: Execution }) {
    return (
      <div className={classes["task"]}>
        <div className={classes["rowHead"]}>
          <strong>{run.owner}</strong>
          <Moment at={run.startedAt} />
        </div>
        <div className={classes["said"]}>{run.task}</div>
        {run.plan !== null && run.plan.goal !== "" && (
          <div className={classes["goal"]}>
            <span className={classes["faint"]}>Goal</span> {run.plan.goal}
          </div>
        )}
      </div>
    );
  },
  (before, after) => before.run.task === after.run.task && before.run.plan === after.run.plan,
);
