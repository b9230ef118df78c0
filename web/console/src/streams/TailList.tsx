import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { DownIcon } from "../ui/icons";
import type { TailRow } from "./LastRows";
import { TailItem } from "./TailItem";
import classes from "./TailList.module.css";

const rowHeight = 34;
const narrowRowHeight = 67;

/** The rows of a tail, newest last. Stays at the end unless the reader scrolls away from it. */
export function TailList(props: { rows: readonly TailRow[]; empty: ReactNode }) {
  const { rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery("(max-width: 48em)");
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? narrowRowHeight : rowHeight),
    getItemKey: (index) => rows[index]?.number ?? index,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 8,
    overscan: 12,
  });
  const toggle = useCallback((number: number) => {
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(number)) next.add(number);
      return next;
    });
  }, []);

  return (
    <div className={classes["frame"]}>
      <div className={classes["columns"]} aria-hidden="true">
        <span />
        <span>Time</span>
        <span>Type</span>
        <span>Topic</span>
        <span>Data</span>
      </div>
      {rows.length === 0 && <div className={classes["empty"]}>{props.empty}</div>}
      <div ref={scroller} className={classes["scroller"]} hidden={rows.length === 0}>
        <ul
          className={classes["canvas"]}
          style={{ height: list.getTotalSize(), margin: 0, padding: 0, listStyle: "none" }}
          aria-label="Events"
        >
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <li
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                className={classes["row"]}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <TailItem row={row} opened={opened.has(row.number)} onToggle={toggle} />
              </li>
            );
          })}
        </ul>
      </div>
      {rows.length > 0 && !list.isAtEnd(rowHeight) && (
        <Button
          className={classes["jump"]}
          size="xs"
          radius="xl"
          leftSection={<DownIcon />}
          onClick={() => list.scrollToEnd()}
        >
          Latest
        </Button>
      )}
    </div>
  );
}
