import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useInsertionEffect, useRef } from "react";
import uPlot from "uplot";
import { Band, type Stretch } from "./band";
import classes from "./Chart.module.css";
import { type Palette, readPalette } from "./palette";

/** What a chart is, apart from its size and data. */
export type ChartOptions = Omit<uPlot.Options, "width" | "height" | "data">;

/** Lets a stretch of the x axis be dragged out. */
export interface Brushing {
  readonly stretch: Stretch | null;
  readonly onDrag: (stretch: Stretch | null) => void;
}

/**
 * A uPlot chart as large as its place, whose height the caller's stylesheet gives. It is drawn anew
 * when its options or the colours change, and only gets the data otherwise.
 */
export function Chart(props: {
  /** Same identity until they change. */
  options: (palette: Palette) => ChartOptions;
  data: uPlot.AlignedData;
  /** What it shows, in words. */
  label: string;
  brushing?: Brushing;
  /** Hears of the index that the pointer is at; null: at none. Same identity until it changes. */
  onPoint?: (index: number | null) => void;
}) {
  const { options, data, label, brushing, onPoint } = props;
  const scheme = useComputedColorScheme("light");
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<{ plot: uPlot; band: Band | null } | null>(null);
  const latest = useRef({ data, brushing });
  useInsertionEffect(() => {
    latest.current = { data, brushing };
  });
  const brushed = brushing !== undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme decides the palette
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const { band, plot } = draw(element, options(readPalette()), latest.current.data, {
      onPoint,
      onDrag: brushed ? (stretch) => latest.current.brushing?.onDrag(stretch) : undefined,
    });
    band?.show(latest.current.brushing?.stretch ?? null);
    chart.current = { plot, band };
    const resized = new ResizeObserver(() => plot.setSize(sizeOf(element)));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [options, scheme, onPoint, brushed]);

  useEffect(() => {
    if (chart.current?.plot.data !== data) chart.current?.plot.setData(data);
  }, [data]);

  const stretch = brushing?.stretch ?? null;
  useEffect(() => {
    chart.current?.band?.show(stretch);
  }, [stretch]);

  return <div ref={place} className={classes["chart"]} role="img" aria-label={label} />;
}

interface Listeners {
  readonly onPoint: ((index: number | null) => void) | undefined;
  readonly onDrag: ((stretch: Stretch | null) => void) | undefined;
}

function draw(
  element: HTMLElement,
  options: ChartOptions,
  data: uPlot.AlignedData,
  { onPoint, onDrag }: Listeners,
): { plot: uPlot; band: Band | null } {
  let band: Band | null = null;
  const pointed = (plot: uPlot) => onPoint?.(plot.cursor.idx ?? null);
  const plot = new uPlot(
    {
      ...options,
      ...sizeOf(element),
      legend: { show: false },
      cursor: {
        show: onPoint !== undefined,
        y: false,
        // Dragging picks, and zooms nothing.
        drag: { x: false, y: false, setScale: false },
        points: { show: false },
      },
      hooks: {
        ...options.hooks,
        setCursor: [pointed],
        draw: [...(options.hooks?.draw ?? []), () => band?.place()],
      },
    },
    data,
    element,
  );
  if (onDrag !== undefined) {
    plot.over.classList.add(classes["brushable"] ?? "");
    band = new Band(plot, classes["band"] ?? "", onDrag);
  }
  return { plot, band };
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight };
}
