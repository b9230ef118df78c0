import { Button } from "@mantine/core";
import { ListBar } from "../rows/ListBar";
import { ClearIcon } from "../ui/icons";
import type { TailSnapshot, TailStore } from "./TailStore";

export function TailBar(props: { store: TailStore; snapshot: TailSnapshot }) {
  const { store, snapshot } = props;
  return (
    <ListBar list={{ ...snapshot, shown: snapshot.rows.length }} onPause={store.pause} word="event">
      <Button
        size="xs"
        variant="default"
        leftSection={<ClearIcon />}
        disabled={snapshot.received === 0}
        onClick={store.clear}
      >
        Clear
      </Button>
    </ListBar>
  );
}
