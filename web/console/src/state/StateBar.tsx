import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ListBar } from "../rows/ListBar";
import type { FollowedRuntime } from "../runtime/useRuntime";
import { copyText } from "../ui/clipboard";
import { saveFile } from "../ui/saveFile";
import { exportOf, fileName, valuesOf } from "./exportState";

/** What can be done with what is shown: held still, copied, saved. */
export function StateBar(props: { runtime: string; followed: FollowedRuntime }) {
  const { store, snapshot } = props.followed;
  const { slices } = snapshot;
  const copy = useMutation({
    mutationFn: () => copyText(JSON.stringify(valuesOf(slices ?? new Map()), null, 2)),
  });
  const save = () => {
    const at = new Date();
    const text = exportOf(props.runtime, snapshot, at);
    saveFile(fileName(props.runtime, at), "application/json", [text]);
  };
  return (
    <ListBar
      list={{ ...snapshot, shown: snapshot.changes.length }}
      onPause={store.pause}
      word="change"
    >
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
      <span role="status">
        {copy.isSuccess && "Copied"}
        {copy.isError && `Not copied: ${copy.error.message}`}
      </span>
    </ListBar>
  );
}
