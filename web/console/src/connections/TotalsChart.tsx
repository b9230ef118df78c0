import { useCallback, useMemo } from "react";
import type uPlot from "uplot";
import { axis, fromZero, powersOfTwo, wholeNumbers } from "../charts/axes";
import { Chart, type ChartOptions } from "../charts/Chart";
import type { ChartLine } from "../charts/Legend";
import { type Palette, translucent } from "../charts/palette";
import { timeLabels, timeSteps } from "../charts/timeLabels";
import { formatBytes, formatCount } from "../ui/format";
import type { Total } from "./totals";

export type Line = ChartLine<Exclude<keyof Total, "time">>;

/** Totals over time. */
export default function TotalsChart(props: {
  totals: readonly Total[];
  /** Same identity until they change. */
  lines: readonly Line[];
  bytes?: boolean;
  label: string;
}) {
  const { totals, lines, bytes = false } = props;
  const data = useMemo<uPlot.AlignedData>(
    () => [
      totals.map(({ time }) => time),
      ...lines.map(({ measure }) => totals.map((total) => total[measure])),
    ],
    [totals, lines],
  );
  const options = useCallback(
    (palette: Palette) => optionsOf(palette, lines, bytes),
    [lines, bytes],
  );
  return <Chart options={options} data={data} label={props.label} />;
}

function optionsOf(palette: Palette, lines: readonly Line[], bytes: boolean): ChartOptions {
  const values: uPlot.Axis.DynamicValues = (_, splits) =>
    splits.map(bytes ? formatBytes : formatCount);
  return {
    ms: 1,
    padding: [8, 28, 0, 0],
    scales: { y: { range: fromZero(bytes ? 1_024 : 5) } },
    axes: [
      axis(palette, { size: 44, space: 80, incrs: timeSteps, values: timeLabels }),
      axis(palette, { size: bytes ? 64 : 44, values, incrs: bytes ? powersOfTwo : wholeNumbers }),
    ],
    series: [
      {},
      ...lines.map((line, index) => ({
        stroke: palette[line.colour],
        width: 2,
        dash: [...line.dash],
        points: { show: false },
        ...(index === 0 ? { fill: translucent(palette[line.colour], 12) } : {}),
      })),
    ],
  };
}
