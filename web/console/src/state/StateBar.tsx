import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FollowedRuntime } from "../runtime/useRuntime";
import { copyText } from "../ui/clipboard";
import { formatCount, plural } from "../ui/format";
import { PauseIcon, PlayIcon } from "../ui/icons";
import { saveFile } from "../ui/saveFile";
import { exportOf, fileName, valuesOf } from "./exportState";
import classes from "./State.module.css";

/** What can be done with what is shown: held still, copied, saved. */
export function StateBar(props: { runtime: string; followed: FollowedRuntime }) {
  const { store, snapshot } = props.followed;
  const { paused, slices, changes, held, dropped } = snapshot;
  const copy = useMutation({
    mutationFn: () => copyText(JSON.stringify(valuesOf(slices ?? new Map()), null, 2)),
  });
  const save = () => {
    const at = new Date();
    const text = exportOf(props.runtime, snapshot, at);
    saveFile(fileName(props.runtime, at), "application/json", [text]);
  };
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
        disabled={slices === null}
        loading={copy.isPending}
        onClick={() => copy.mutate()}
      >
        Copy as JSON
      </Button>
      <Button size="xs" variant="default" disabled={slices === null} onClick={save}>
        Export
      </Button>
      {paused && <output data-testid="held">{plural(held, "change")} held back</output>}
      <span role="status">
        {copy.isSuccess && "Copied"}
        {copy.isError && `Not copied: ${copy.error.message}`}
      </span>
      <span className={classes["counts"]}>
        {plural(changes.length, "change")} shown
        {dropped > 0 && `, ${formatCount(dropped)} older no longer kept`}
      </span>
    </div>
  );
}
