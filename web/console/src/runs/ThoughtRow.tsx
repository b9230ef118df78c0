import type { ThinkingStep } from "@freshet/agents";
import { memo } from "react";
import { Markdown } from "../markdown/Markdown";
import { Moment } from "./Moment";
import classes from "./Story.module.css";

/** What an agent thought or answered, as it is said. */
export const ThoughtRow = memo(function ThoughtRow({ thought }: { thought: ThinkingStep }) {
  const { status, thinking, iteration } = thought;
  return (
    <div
      className={thinking === "answer" ? classes["answer"] : classes["thought"]}
      data-status={status}
      data-testid="thought"
    >
      <div className={classes["rowHead"]}>
        <strong>{thinking === "answer" ? "Answer" : "Thinking"}</strong>
        <span className={classes["faint"]}>iteration {iteration}</span>
        {status === "running" && <span className={classes["pulse"]} aria-hidden="true" />}
        {status === "cancelled" && <span className={classes["faint"]}>cut short</span>}
        <Moment at={thought.startedAt} />
      </div>
      <Markdown text={thought.text} growing={status === "running"} />
    </div>
  );
});
