import type { ReactNode } from "react";
import { AlertIcon } from "./icons";
import classes from "./Notice.module.css";

/** Something that went wrong, told where it matters, and to a screen reader at once. */
export function Notice(props: { tone: "bad" | "warn"; title: string; children: ReactNode }) {
  return (
    <div className={`${classes["notice"]} ${classes[props.tone]}`} role="alert">
      <span className={classes["mark"]}>
        <AlertIcon />
      </span>
      <div>
        <p className={classes["title"]}>{props.title}</p>
        <div className={classes["body"]}>{props.children}</div>
      </div>
    </div>
  );
}
