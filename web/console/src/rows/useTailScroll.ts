import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { indexOfNumber, type Numbered, type Rows } from "./RowBuffer";
import { type Place, RowLayout } from "./RowLayout";

/** Rows above and below what is on screen. */
const overscan = 12;
/** Closer to the end than this is at the end. */
const endPx = 2;

/** Where the reader is, and which row was the last one when the end was left. */
interface Reading extends Place {
  readonly left: number;
}

/** A row on screen, or nearly. */
export interface ShownRow<Row> {
  readonly row: Row;
  readonly index: number;
  readonly top: number;
}

/**
 * A window on rows that are appended to. It stays at the end until the reader leaves it; from then on
 * it stays at the row that the reader has on top, whatever is appended, dropped or filtered.
 *
 * @param rowHeight of each row, except of those that are measured
 */
export function useTailScroll<Row extends Numbered>(rows: Rows<Row>, rowHeight: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const viewHeight = useHeight(scroller);
  const { heights, measure } = useHeights(rowHeight);
  /** Null at the end. */
  const [reading, setReading] = useState<Reading | null>(null);
  const layout = useMemo(() => new RowLayout(rows, rowHeight, heights), [rows, rowHeight, heights]);
  const lowest = Math.max(0, layout.height - viewHeight);
  const top = reading === null ? lowest : Math.min(layout.topOfPlace(reading), lowest);
  const newest = rows.at(rows.length - 1)?.number ?? 0;
  const latest = useRef({ layout, newest, top });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (Math.abs(element.scrollTop - top) >= 1) element.scrollTop = top;
    // What the browser made of it: that is no wish of the reader.
    latest.current = { layout, newest, top: element.scrollTop };
  }, [layout, newest, top]);

  const follow = useCallback(() => setReading(null), []);
  const goTo = useCallback((y: number) => {
    const { layout, newest } = latest.current;
    setReading((before) => ({ ...layout.placeAt(y), left: before?.left ?? newest }));
  }, []);
  useReader(scroller, latest, goTo, follow);
  useEffect(() => {
    if (layout.height <= viewHeight) follow();
  }, [layout, viewHeight, follow]);

  return {
    scroller,
    height: layout.height,
    shown: shownRows(rows, layout, top, viewHeight),
    following: reading === null,
    /** Rows that have come since the reader left the end. */
    waiting: reading === null ? 0 : rows.length - indexOfNumber(rows, reading.left + 1),
    follow,
    /** Scrolls just so far that a row is on screen. */
    show: (index: number) => {
      const [above, below] = [layout.topOf(index), layout.topOf(index + 1)];
      if (above < top) goTo(above);
      else if (below > top + viewHeight) goTo(Math.min(above, below - viewHeight));
      else goTo(top);
    },
    /** How many rows are on screen. */
    page: Math.max(1, Math.floor(viewHeight / rowHeight) - 1),
    /** The ref of a row that may differ in height; its element says `data-number`. */
    measure,
  };
}

function shownRows<Row>(
  rows: Rows<Row>,
  layout: RowLayout,
  top: number,
  viewHeight: number,
): readonly ShownRow<Row>[] {
  if (viewHeight === 0) return [];
  const shown: ShownRow<Row>[] = [];
  const end = Math.min(rows.length, layout.indexAt(top + viewHeight) + 1 + overscan);
  for (let index = Math.max(0, layout.indexAt(top) - overscan); index < end; index++) {
    const row = rows.at(index);
    if (row !== undefined) shown.push({ row, index, top: layout.topOf(index) });
  }
  return shown;
}

/** Hears where the reader scrolls to. */
function useReader(
  scroller: RefObject<HTMLDivElement | null>,
  latest: RefObject<{ top: number }>,
  goTo: (y: number) => void,
  follow: () => void,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let touchedAt = 0;
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = element;
      const moved = scrollTop - latest.current.top;
      if (Math.abs(moved) < 1) return;
      latest.current.top = scrollTop;
      const isAtEnd = moved > 0 && scrollHeight - scrollTop - clientHeight <= endPx;
      flushSync(() => (isAtEnd ? follow() : goTo(scrollTop)));
    };
    // Before anything has moved: rows that come in between would move it back.
    const leave = () => {
      if (element.scrollTop > 0) goTo(element.scrollTop);
    };
    const onWheel = ({ deltaY }: WheelEvent) => {
      if (deltaY < 0) leave();
    };
    const onTouchStart = ({ touches }: TouchEvent) => {
      touchedAt = touches[0]?.clientY ?? 0;
    };
    const onTouchMove = ({ touches }: TouchEvent) => {
      if ((touches[0]?.clientY ?? 0) > touchedAt) leave();
    };
    const listening = new AbortController();
    const options = { passive: true, signal: listening.signal };
    element.addEventListener("scroll", onScroll, options);
    element.addEventListener("wheel", onWheel, options);
    element.addEventListener("touchstart", onTouchStart, options);
    element.addEventListener("touchmove", onTouchMove, options);
    return () => listening.abort();
  }, [scroller, latest, goTo, follow]);
}

/** The height of an element's inside, known before it is painted. */
function useHeight(ref: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    setHeight(element.clientHeight);
    const observer = new ResizeObserver(() => flushSync(() => setHeight(element.clientHeight)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return height;
}

/** The heights of the rows that are measured, where they are not the usual one; by number. */
function useHeights(rowHeight: number) {
  const [heights, setHeights] = useState<ReadonlyMap<number, number>>(new Map());
  const measure = useMemo(() => {
    const observer = new ResizeObserver((entries) => {
      flushSync(() => setHeights((before) => measured(before, entries, rowHeight)));
    });
    return (element: HTMLElement | null) => {
      if (element === null) return undefined;
      observer.observe(element);
      return () => observer.unobserve(element);
    };
  }, [rowHeight]);
  return { heights, measure };
}

function measured(
  before: ReadonlyMap<number, number>,
  entries: readonly ResizeObserverEntry[],
  rowHeight: number,
): ReadonlyMap<number, number> {
  const heights = new Map(before);
  for (const { target, borderBoxSize } of entries) {
    const number = Number((target as HTMLElement).dataset["number"]);
    const height = borderBoxSize[0]?.blockSize ?? 0;
    // A row that has left the screen says nothing.
    if (height === 0) continue;
    if (Math.abs(height - rowHeight) < 0.5) heights.delete(number);
    else heights.set(number, height);
  }
  return heights;
}
