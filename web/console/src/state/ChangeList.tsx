import type { ReactNode } from "react";
import { JumpToEnd } from "../rows/JumpToEnd";
import type { Rows } from "../rows/RowBuffer";
import rowClasses from "../rows/rows.module.css";
import { useNarrow } from "../rows/useNarrow";
import { useOpened } from "../rows/useOpened";
import { useTailScroll } from "../rows/useTailScroll";
import type { Change } from "../runtime/RuntimeStore";
import { ChangeItem } from "./ChangeItem";
import classes from "./Changes.module.css";

/** Where a row becomes three lines. */
const narrowPx = 640;
const rowHeight = 34;
const narrowRowHeight = 67;

/** Changes in the order in which they came. Stays at the end unless the reader scrolls away from it. */
export function ChangeList(props: { changes: Rows<Change>; empty: ReactNode }) {
  const { changes } = props;
  const { narrow, ref } = useNarrow(narrowPx);
  const opened = useOpened();
  const tail = useTailScroll(changes, narrow ? narrowRowHeight : rowHeight);
  return (
    <div ref={ref} className={rowClasses["frame"]} data-narrow={narrow}>
      <div className={classes["columns"]} aria-hidden="true">
        <span />
        <span>Time</span>
        <span>Slice</span>
        <span>Cause</span>
        <span>Change</span>
      </div>
      {changes.length === 0 && <div className={rowClasses["empty"]}>{props.empty}</div>}
      <div ref={tail.scroller} className={rowClasses["scroller"]} hidden={changes.length === 0}>
        <ul className={rowClasses["canvas"]} style={{ height: tail.height }} aria-label="Changes">
          {tail.shown.map(({ row, top }) => (
            <li
              key={row.number}
              ref={opened.hasBeen(row.number) ? tail.measure : undefined}
              data-number={row.number}
              className={rowClasses["row"]}
              style={{ transform: `translateY(${top}px)` }}
            >
              <ChangeItem change={row} opened={opened.isOpen(row.number)} onToggle={opened.set} />
            </li>
          ))}
        </ul>
      </div>
      {changes.length > 0 && !tail.following && (
        <JumpToEnd waiting={tail.waiting} onClick={tail.follow} />
      )}
    </div>
  );
}
