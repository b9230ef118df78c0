import type { ReactNode } from "react";
import { useNarrow } from "../ui/useNarrow";
import { JumpToEnd } from "./JumpToEnd";
import type { Numbered, Rows } from "./RowBuffer";
import listClasses from "./RowList.module.css";
import classes from "./rows.module.css";
import { useOpened } from "./useOpened";
import { useTailScroll } from "./useTailScroll";

const rowHeight = 34;
const narrowRowHeight = 67;

/**
 * Rows in the order in which they came, each to be opened: a window on as many as there are. Stays at
 * the end unless the reader scrolls away from it. Rows are made of `RowSummary` and `RowDetail`.
 */
export function RowList<Row extends Numbered>(props: {
  label: string;
  rows: Rows<Row>;
  columns: readonly string[];
  /** Sets `--columns`, the columns' widths. */
  className: string | undefined;
  /** Where a row becomes three lines. */
  narrowPx: number;
  empty: ReactNode;
  children: (row: Row, opened: boolean, onToggle: (number: number) => void) => ReactNode;
}) {
  const { rows } = props;
  const { narrow, ref } = useNarrow(props.narrowPx);
  const opened = useOpened();
  const tail = useTailScroll(rows, narrow ? narrowRowHeight : rowHeight);
  return (
    <div ref={ref} className={`${classes["frame"]} ${props.className ?? ""}`} data-narrow={narrow}>
      <div className={listClasses["columns"]} aria-hidden="true">
        <span />
        {props.columns.map((column) => (
          <span key={column}>{column}</span>
        ))}
      </div>
      {rows.length === 0 && <div className={classes["empty"]}>{props.empty}</div>}
      <div ref={tail.scroller} className={classes["scroller"]} hidden={rows.length === 0}>
        <ul className={classes["canvas"]} style={{ height: tail.height }} aria-label={props.label}>
          {tail.shown.map(({ row, top }) => (
            <li
              key={row.number}
              ref={opened.hasBeen(row.number) ? tail.measure : undefined}
              data-number={row.number}
              className={classes["row"]}
              style={{ transform: `translateY(${top}px)` }}
            >
              {props.children(row, opened.isOpen(row.number), opened.set)}
            </li>
          ))}
        </ul>
      </div>
      {rows.length > 0 && !tail.following && (
        <JumpToEnd waiting={tail.waiting} onClick={tail.follow} />
      )}
    </div>
  );
}
