import type { ReactNode } from "react";
import type { Rows } from "../rows/RowBuffer";
import { RowList } from "../rows/RowList";
import { type Entry, isChange } from "../runtime/RuntimeStore";
import { ChangeItem } from "./ChangeItem";
import classes from "./Changes.module.css";
import { HappeningItem } from "./HappeningItem";

const columns = ["Time", "Slice or event", "Cause", "Change"];

/** What changed and what happened, in the order in which it came. */
export function ChangeList(props: { changes: Rows<Entry>; empty: ReactNode }) {
  return (
    <RowList
      label="Changes"
      rows={props.changes}
      columns={columns}
      className={classes["list"]}
      narrowPx={640}
      empty={props.empty}
    >
      {(entry, opened, onToggle) =>
        isChange(entry) ? (
          <ChangeItem change={entry} opened={opened} onToggle={onToggle} />
        ) : (
          <HappeningItem happening={entry} opened={opened} onToggle={onToggle} />
        )
      }
    </RowList>
  );
}
