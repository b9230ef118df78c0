import { Button } from "@mantine/core";
import { formatCount } from "../ui/format";
import { ClearIcon, PauseIcon, PlayIcon } from "../ui/icons";
import classes from "./StreamsPage.module.css";
import type { TailSnapshot, TailStore } from "./TailStore";

export function TailBar(props: { store: TailStore; snapshot: TailSnapshot }) {
  const { store, snapshot } = props;
  const { paused, rows, received, dropped } = snapshot;
  return (
    <div className={classes["bar"]}>
      <Button
        size="xs"
        w={112}
        variant={paused ? "filled" : "default"}
        leftSection={paused ? <PlayIcon /> : <PauseIcon />}
        onClick={() => store.pause(!paused)}
      >
        {paused ? "Resume" : "Pause"}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<ClearIcon />}
        disabled={received === 0}
        onClick={store.clear}
      >
        Clear
      </Button>
      {paused && <HeldCount snapshot={snapshot} />}
      <span className={classes["counts"]}>
        {formatCount(rows.length)} shown
        {dropped > 0 && `, ${formatCount(dropped)} older no longer kept`}
      </span>
    </div>
  );
}

function HeldCount({ snapshot: { held } }: { snapshot: TailSnapshot }) {
  return (
    <output data-testid="held">
      {formatCount(held)} new {held === 1 ? "event" : "events"} held back
    </output>
  );
}
