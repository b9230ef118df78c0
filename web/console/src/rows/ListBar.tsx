import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { formatCount, plural } from "../ui/format";
import { PauseIcon, PlayIcon } from "../ui/icons";
import classes from "./ListBar.module.css";

/** What can be done with a list: held still, and whatever else; and how much of it there is. */
export function ListBar(props: {
  list: {
    readonly paused: boolean;
    /** Rows since the pause. */
    readonly held: number;
    readonly shown: number;
    readonly dropped: number;
  };
  onPause: (paused: boolean) => void;
  /** What one row is. */
  word: string;
  children: ReactNode;
}) {
  const { paused, held, shown, dropped } = props.list;
  return (
    <div className={classes["bar"]}>
      <Button
        size="xs"
        w={112}
        variant={paused ? "filled" : "default"}
        leftSection={paused ? <PlayIcon /> : <PauseIcon />}
        onClick={() => props.onPause(!paused)}
      >
        {paused ? "Resume" : "Pause"}
      </Button>
      {props.children}
      {paused && <output data-testid="held">{plural(held, props.word)} held back</output>}
      <span className={classes["counts"]}>
        {plural(shown, props.word)} shown
        {dropped > 0 && `, ${formatCount(dropped)} older no longer kept`}
      </span>
    </div>
  );
}
