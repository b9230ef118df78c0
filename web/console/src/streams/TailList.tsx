import type { ReactNode } from "react";
import type { Rows } from "../rows/RowBuffer";
import { RowList } from "../rows/RowList";
import { TailItem } from "./TailItem";
import classes from "./TailList.module.css";
import type { TailRow } from "./TailStore";

const columns = ["Time", "Type", "Topic", "Data"];

/** The rows of a tail, newest last. */
export function TailList(props: { rows: Rows<TailRow>; empty: ReactNode }) {
  return (
    <RowList
      label="Events"
      rows={props.rows}
      columns={columns}
      className={classes["list"]}
      narrowPx={740}
      empty={props.empty}
    >
      {(row, opened, onToggle) => <TailItem row={row} opened={opened} onToggle={onToggle} />}
    </RowList>
  );
}
