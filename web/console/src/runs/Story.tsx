import type { Execution } from "@freshet/agents";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import { JumpToEnd } from "../rows/JumpToEnd";
import { EndRow } from "./EndRow";
import { PhaseRow } from "./PhaseRow";
import classes from "./Story.module.css";
import { phaseKey, type StoryRow, storyOf } from "./steps";
import { TaskRow } from "./TaskRow";
import { ThoughtRow } from "./ThoughtRow";
import { ToolRow } from "./ToolRow";
import { useOpenedRows } from "./useOpenedRows";

/** Closer to the end than this is at the end. */
const endPx = 8;
/** About as high as a closed call; what is on screen is measured. */
const usualHeight = 46;

/** For who wants to bring a part of it on screen. */
export interface StoryHandle {
  readonly showPhase: (id: string) => void;
  readonly focus: () => void;
}

/**
 * All that happened in a run: a window on as many steps as there are. Stays at the end while they come,
 * unless the reader scrolls away from it.
 */
export function Story(props: { run: Execution; handle: RefObject<StoryHandle | null> }) {
  const { run } = props;
  const rows = useMemo(() => storyOf(run), [run]);
  const opened = useOpenedRows();
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: endPx,
    overscan: 8,
  });
  useLayoutEffect(() => virtualizer.scrollToEnd(), [virtualizer]);
  useImperativeHandle(props.handle, () => ({
    showPhase: (id) => {
      const index = rows.findIndex(({ key }) => key === phaseKey(id));
      if (index >= 0) virtualizer.scrollToIndex(index, { align: "start" });
    },
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));

  // A browser would glide there, and stop at the first row that turns out higher than it was thought.
  function onKey(event: KeyboardEvent<HTMLElement>) {
    const { key, target, currentTarget } = event;
    if (target !== currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    const page = 0.9 * currentTarget.clientHeight;
    if (key === "Home") virtualizer.scrollToOffset(0);
    else if (key === "End") virtualizer.scrollToEnd();
    else if (key === "PageUp") virtualizer.scrollBy(-page);
    else if (key === "PageDown") virtualizer.scrollBy(page);
    else return;
    event.preventDefault();
  }

  const atEnd = virtualizer.isAtEnd(endPx);
  // How many there were when the reader was last at the end.
  const seen = useRef(rows.length);
  if (atEnd || rows.length < seen.current) seen.current = rows.length;

  return (
    <div className={classes["frame"]}>
      <section
        ref={scroller}
        className={classes["scroller"]}
        aria-label="What happened"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={onKey}
      >
        <ol className={classes["canvas"]} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                data-kind={row.kind}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                className={classes["row"]}
                style={{ transform: `translateY(${start}px)` }}
              >
                {contentOf(row, run.executionId, opened)}
              </li>
            );
          })}
        </ol>
      </section>
      {!atEnd && (
        <JumpToEnd waiting={rows.length - seen.current} onClick={() => virtualizer.scrollToEnd()} />
      )}
    </div>
  );
}

function contentOf(
  row: StoryRow,
  executionId: string,
  opened: ReturnType<typeof useOpenedRows>,
): ReactNode {
  switch (row.kind) {
    case "task":
      return <TaskRow run={row.run} />;
    case "phase":
      return <PhaseRow phase={row.phase} />;
    case "end":
      return <EndRow run={row.run} />;
    case "step":
      return row.step.kind === "thinking" ? (
        <ThoughtRow thought={row.step} />
      ) : (
        <ToolRow
          executionId={executionId}
          call={row.step}
          opened={opened.isOpen(row.key)}
          onToggle={opened.set}
          rowKey={row.key}
        />
      );
  }
}
