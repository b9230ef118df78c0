import { useState } from "react";
import classes from "./Counter.module.css";
import { formatCount } from "./format";

/** A number that lights up when it changes, and keeps its place. */
export function Counter(props: { value: number; className?: string }) {
  const [seen, setSeen] = useState({ value: props.value, changes: 0 });
  if (seen.value !== props.value) {
    setSeen({ value: props.value, changes: seen.changes + 1 });
  }
  const changed = seen.changes > 0 ? classes["changed"] : "";
  return (
    <span
      key={seen.changes}
      className={`${classes["counter"]} ${changed} ${props.className ?? ""}`}
    >
      {formatCount(props.value)}
    </span>
  );
}
