import { useMemo } from "react";
import { highlight } from "./highlight";
import classes from "./LogViewer.module.css";

/** Text in which what was searched for stands out. Text only: nothing in it is markup. */
export function Marked(props: { text: string; wanted: string }) {
  const { text, wanted } = props;
  const stretches = useMemo(() => highlight(text, wanted), [text, wanted]);
  if (wanted === "") return text;
  return stretches.map(({ at, text, hit }) =>
    hit ? (
      <mark key={at} className={classes["hit"]}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
