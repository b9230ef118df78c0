import { useMemo } from "react";
import uPlot from "uplot";
import { axis, fromZero, wholeNumbers } from "../charts/axes";
import { Chart, type ChartOptions } from "../charts/Chart";
import type { Palette } from "../charts/palette";
import type { Range } from "./brush";
import { type Bins, barPositions, binLabels, drawnRange, snapToBins } from "./histogram";
import { type Measure, measures } from "./measures";

/** How many micrographs are in which bin: those in range in colour, before all. */
export function HistogramChart(props: {
  measure: Measure;
  all: readonly number[];
  inRange: readonly number[];
  label: string;
  range: Range | null;
  onRange: (range: Range | null) => void;
}) {
  const { measure, all, inRange, range, onRange } = props;
  const { bins } = measures[measure];
  const data = useMemo<uPlot.AlignedData>(
    () => [barPositions(bins), [...all], [...inRange]],
    [bins, all, inRange],
  );
  return (
    <Chart
      options={optionsOf[measure]}
      data={data}
      label={props.label}
      brushing={{
        stretch: range,
        onDrag: (stretch) => onRange(stretch && snapToBins(stretch, bins)),
      }}
    />
  );
}

const optionsOf = {
  resolution: (palette: Palette) => options("resolution", palette.first, palette),
  motion: (palette: Palette) => options("motion", palette.second, palette),
};

function options(measure: Measure, colour: string, palette: Palette): ChartOptions {
  const { bins, axisLabel } = measures[measure];
  const { from, to } = drawnRange(bins);
  const bars = uPlot.paths.bars?.({ size: [1], gap: 1, align: 0 });
  const series = (fill: string): uPlot.Series => ({
    fill,
    width: 0,
    points: { show: false },
    ...(bars && { paths: bars }),
  });
  return {
    padding: [8, 8, 0, 0],
    scales: { x: { time: false, range: [from, to] }, y: { range: fromZero(4) } },
    axes: [
      axis(palette, { ...binAxis(bins, palette), label: axisLabel, size: 28 }),
      axis(palette, { label: "Micrographs", size: 44, incrs: wholeNumbers }),
    ],
    series: [{}, series(palette.faded), series(colour)],
  };
}

function binAxis(bins: Bins, palette: Palette): uPlot.Axis {
  const labels = binLabels(bins);
  return {
    splits: labels.map(({ at }) => at),
    values: labels.map(({ label }) => label),
    grid: { show: false },
    ticks: {
      stroke: palette.line,
      width: 1,
      size: 4,
      filter: (_, splits) => splits.map((at) => (at >= bins.from && at <= bins.to ? at : null)),
    },
  };
}
