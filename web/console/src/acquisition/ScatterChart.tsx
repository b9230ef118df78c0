import { useMemo } from "react";
import type uPlot from "uplot";
import { axis, wholeNumbers } from "../charts/axes";
import { Chart, type ChartOptions } from "../charts/Chart";
import type { Palette } from "../charts/palette";
import { type Brushes, isInRange, type Range } from "./brush";
import type { Metric } from "./MetricList";
import { type Measure, measures } from "./measures";

/** A dot for each micrograph, in the order of arrival: those in range in colour. */
export function ScatterChart(props: {
  measure: Measure;
  metrics: readonly Metric[];
  brushes: Brushes;
  label: string;
  onRange: (range: Range | null) => void;
  onPoint: (index: number | null) => void;
}) {
  const { measure, metrics, brushes, onRange } = props;
  const data = useMemo(() => dots(measure, metrics, brushes), [measure, metrics, brushes]);
  return (
    <Chart
      options={optionsOf[measure]}
      data={data}
      label={props.label}
      onPoint={props.onPoint}
      brushing={{
        stretch: brushes.order ?? null,
        onDrag: (stretch) => onRange(stretch && whole(stretch)),
      }}
    />
  );
}

function dots(measure: Measure, metrics: readonly Metric[], brushes: Brushes): uPlot.AlignedData {
  const orders: number[] = [];
  const others: (number | null)[] = [];
  const inRange: (number | null)[] = [];
  for (const metric of metrics) {
    const value = measures[measure].of(metric);
    const within = isInRange(metric, brushes);
    orders.push(metric.order);
    others.push(within ? null : value);
    inRange.push(within ? value : null);
  }
  return [orders, others, inRange];
}

function whole({ from, to }: Range): Range {
  return { from: Math.ceil(from), to: Math.floor(to) };
}

const optionsOf = {
  resolution: (palette: Palette) => options("resolution", palette.first, palette),
  motion: (palette: Palette) => options("motion", palette.second, palette),
};

function options(measure: Measure, colour: string, palette: Palette): ChartOptions {
  const { axisLabel, least } = measures[measure];
  const series = (fill: string): uPlot.Series => ({
    paths: () => null,
    points: { show: true, size: 5, space: 0, width: 0, fill, stroke: fill },
  });
  return {
    padding: [8, 8, 0, 0],
    scales: {
      x: {
        time: false,
        range: (_, min, max) => [(min ?? 1) - 1, Math.max(max ?? 0, (min ?? 1) + 18) + 1],
      },
      y: {
        range: (_, min, max) => [
          Math.min(least[0], min ?? least[0]),
          Math.max(least[1], (max ?? 0) * 1.05),
        ],
      },
    },
    axes: [
      axis(palette, { label: "Micrograph, in order of arrival", size: 28, incrs: wholeNumbers }),
      axis(palette, { label: axisLabel, size: 44 }),
    ],
    series: [{}, series(palette.faded), series(colour)],
  };
}
