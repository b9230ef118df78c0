import type { ReactNode } from "react";
import { JumpToEnd } from "../rows/JumpToEnd";
import type { Rows } from "../rows/RowBuffer";
import rowClasses from "../rows/rows.module.css";
import { useNarrow } from "../rows/useNarrow";
import { useOpened } from "../rows/useOpened";
import { useTailScroll } from "../rows/useTailScroll";
import { TailItem } from "./TailItem";
import classes from "./TailList.module.css";
import type { TailRow } from "./TailStore";

/** Where a row becomes three lines. */
const narrowPx = 740;
const rowHeight = 34;
const narrowRowHeight = 67;

/** The rows of a tail, newest last. Stays at the end unless the reader scrolls away from it. */
export function TailList(props: { rows: Rows<TailRow>; empty: ReactNode }) {
  const { rows } = props;
  const { narrow, ref } = useNarrow(narrowPx);
  const opened = useOpened();
  const tail = useTailScroll(rows, narrow ? narrowRowHeight : rowHeight);
  return (
    <div ref={ref} className={rowClasses["frame"]} data-narrow={narrow}>
      <div className={classes["columns"]} aria-hidden="true">
        <span />
        <span>Time</span>
        <span>Type</span>
        <span>Topic</span>
        <span>Data</span>
      </div>
      {rows.length === 0 && <div className={rowClasses["empty"]}>{props.empty}</div>}
      <div ref={tail.scroller} className={rowClasses["scroller"]} hidden={rows.length === 0}>
        <ul className={rowClasses["canvas"]} style={{ height: tail.height }} aria-label="Events">
          {tail.shown.map(({ row, top }) => (
            <li
              key={row.number}
              ref={opened.hasBeen(row.number) ? tail.measure : undefined}
              data-number={row.number}
              className={rowClasses["row"]}
              style={{ transform: `translateY(${top}px)` }}
            >
              <TailItem row={row} opened={opened.isOpen(row.number)} onToggle={opened.set} />
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
