import { useCallback, useInsertionEffect, useMemo, useRef } from "react";
import uPlot from "uplot";
import { axis, fromZero, wholeNumbers } from "../charts/axes";
import { Chart, type ChartOptions } from "../charts/Chart";
import { type Palette, translucent } from "../charts/palette";
import { timeLabels, timeSteps } from "../charts/timeLabels";
import { type Period, type Point, periodsOf } from "./timeline";
import { type Line, lines } from "./timelineLines";

/** The counters over time; what was paused or abandoned is shaded. */
export function TimelineChart(props: {
  points: readonly Point[];
  label: string;
  onPoint: (index: number | null) => void;
}) {
  const { points } = props;
  const periods = useRef<readonly Period[]>([]);
  useInsertionEffect(() => {
    periods.current = periodsOf(points);
  });
  const data = useMemo<uPlot.AlignedData>(
    () => [
      points.map(({ time }) => time),
      ...lines.map(({ measure }) => points.map((point) => point[measure])),
    ],
    [points],
  );
  const options = useCallback((palette: Palette) => optionsOf(palette, () => periods.current), []);
  return <Chart options={options} data={data} label={props.label} onPoint={props.onPoint} />;
}

function optionsOf(palette: Palette, periods: () => readonly Period[]): ChartOptions {
  return {
    ms: 1,
    padding: [8, 28, 0, 0],
    scales: { y: { range: fromZero(5) } },
    axes: [
      axis(palette, { size: 44, space: 70, incrs: timeSteps, values: timeLabels }),
      axis(palette, { label: "Collected so far", size: 52, incrs: wholeNumbers }),
    ],
    series: [{}, ...lines.map((line) => seriesOf(line, palette))],
    hooks: { drawClear: [(plot) => shade(plot, periods(), palette)] },
  };
}

function seriesOf(line: Line, palette: Palette): uPlot.Series {
  return {
    stroke: palette[line.colour],
    width: 2,
    dash: [...line.dash],
    points: { show: false },
  };
}

/** In the canvas's own pixels. */
function shade(plot: uPlot, periods: readonly Period[], palette: Palette): void {
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  ctx.save();
  for (const { status, from, to } of periods) {
    const colour = status === "paused" ? palette.warn : palette.bad;
    const start = Math.max(bbox.left, plot.valToPos(from, "x", true));
    const end = to === null ? right : Math.min(right, plot.valToPos(to, "x", true));
    if (end <= start) continue;
    ctx.fillStyle = translucent(colour, 16);
    ctx.fillRect(start, bbox.top, end - start, bbox.height);
    ctx.fillStyle = colour;
    ctx.fillRect(start, bbox.top, end - start, 2 * uPlot.pxRatio);
  }
  ctx.restore();
}
