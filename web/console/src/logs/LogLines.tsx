// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a window on its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus for its rows
import { type KeyboardEvent, type ReactNode, useCallback, useId, useState } from "react";
import { JumpToEnd } from "../rows/JumpToEnd";
import { indexOfNumber, type Rows } from "../rows/RowBuffer";
import rowClasses from "../rows/rows.module.css";
import { useOpened } from "../rows/useOpened";
import { useTailScroll } from "../rows/useTailScroll";
import { useNarrow } from "../ui/useNarrow";
import { LogRow } from "./LogRow";
import classes from "./LogViewer.module.css";
import type { LogLine } from "./line";

/** Where a row becomes two lines. */
const narrowPx = 740;
const rowHeight = 27;
const narrowRowHeight = 51;

/** The lines as a grid: one tab stop, in which the arrow keys choose and open a line. */
export function LogLines(props: {
  lines: Rows<LogLine>;
  wanted: string;
  /** Same identity always. */
  onCopy: (line: LogLine) => void;
  empty: ReactNode;
}) {
  const { lines, wanted, onCopy } = props;
  const id = useId();
  const { narrow, ref } = useNarrow(narrowPx);
  const opened = useOpened();
  const tail = useTailScroll(lines, narrow ? narrowRowHeight : rowHeight);
  const [chosen, setChosen] = useState<number | null>(null);
  const choose = (index: number) => {
    const within = Math.min(Math.max(index, 0), lines.length - 1);
    const line = lines.at(within);
    if (line === undefined) return;
    setChosen(line.number);
    tail.show(within);
  };
  const onKeyDown = useKeys({ lines, chosen, choose, tail, open: opened.set, onCopy });
  const { set } = opened;
  const onClick = useCallback(
    (number: number) => {
      setChosen(number);
      set(number);
    },
    [set],
  );

  return (
    <div ref={ref} className={rowClasses["frame"]} data-narrow={narrow}>
      {lines.length === 0 && <div className={rowClasses["empty"]}>{props.empty}</div>}
      <div
        ref={tail.scroller}
        className={`${rowClasses["scroller"]} ${classes["scroller"]}`}
        hidden={lines.length === 0}
        role="treegrid"
        aria-label="Log lines"
        aria-rowcount={lines.length}
        aria-activedescendant={chosen === null ? undefined : `${id}-${chosen}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={rowClasses["canvas"]} style={{ height: tail.height }}>
          {tail.shown.map(({ row: line, index, top }) => (
            <div
              key={line.number}
              ref={opened.hasBeen(line.number) ? tail.measure : undefined}
              id={`${id}-${line.number}`}
              role="row"
              aria-rowindex={index + 1}
              aria-level={1}
              aria-selected={line.number === chosen}
              aria-expanded={opened.isOpen(line.number)}
              data-number={line.number}
              data-level={line.level}
              data-gap={line.gap || undefined}
              className={`${rowClasses["row"]} ${classes["row"]}`}
              style={{ transform: `translateY(${top}px)` }}
            >
              <LogRow
                line={line}
                wanted={wanted}
                opened={opened.isOpen(line.number)}
                onClick={onClick}
                onCopy={onCopy}
              />
            </div>
          ))}
        </div>
      </div>
      {lines.length > 0 && !tail.following && (
        <JumpToEnd waiting={tail.waiting} onClick={tail.follow} />
      )}
    </div>
  );
}

/** Up, down, a page, the ends; right and left open and close, and the copy key copies the line. */
function useKeys(props: {
  lines: Rows<LogLine>;
  chosen: number | null;
  choose: (index: number) => void;
  tail: ReturnType<typeof useTailScroll<LogLine>>;
  open: (number: number, open?: boolean) => void;
  onCopy: (line: LogLine) => void;
}) {
  const { lines, chosen, choose, tail, open, onCopy } = props;
  const at = chosen === null ? lines.length : indexOfNumber(lines, chosen);
  const move: Record<string, () => void> = {
    ArrowUp: () => choose(at - 1),
    ArrowDown: () => choose(at + 1),
    PageUp: () => choose(at - tail.page),
    PageDown: () => choose(at + tail.page),
    Home: () => choose(0),
    End: () => {
      choose(lines.length - 1);
      tail.follow();
    },
  };
  const line = chosen === null ? undefined : lines.at(at);
  const act: Record<string, (line: LogLine) => void> = {
    ArrowRight: ({ number }) => open(number, true),
    ArrowLeft: ({ number }) => open(number, false),
    Enter: ({ number }) => open(number),
    " ": ({ number }) => open(number),
  };
  return (event: KeyboardEvent<HTMLElement>) => {
    if (isOfAPart(event) || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      // What is selected is copied by the browser.
      if (event.key === "c" && line && window.getSelection()?.isCollapsed) onCopy(line);
      return;
    }
    const todo = move[event.key] ?? (line && act[event.key]?.bind(null, line));
    if (todo === undefined) return;
    event.preventDefault();
    todo();
  };
}

/** Whether a key was meant for something in a row. */
function isOfAPart({ target }: KeyboardEvent<HTMLElement>): boolean {
  return target instanceof HTMLElement && target.closest("button, pre") !== null;
}
