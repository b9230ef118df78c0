import type { ReactNode } from "react";
import classes from "./Badge.module.css";

export type Tone = "live" | "busy" | "warn" | "bad" | "idle";

/** A word with a shape and a colour, of the same width whatever the word. */
export function Badge(props: {
  tone: Tone;
  /** Drawn in a box of 10 by 10. */
  mark: ReactNode;
  width: string;
  /** For tests and styles: the state behind the word. */
  data: string;
  children: ReactNode;
}) {
  return (
    <span
      className={`${classes["badge"]} ${classes[props.tone]}`}
      style={{ minWidth: props.width }}
      data-status={props.data}
    >
      <svg className={classes["mark"]} viewBox="0 0 10 10" aria-hidden="true">
        {props.mark}
      </svg>
      {props.children}
    </span>
  );
}
