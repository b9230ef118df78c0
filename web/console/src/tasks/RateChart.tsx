import { useCallback, useMemo } from "react";
import type uPlot from "uplot";
import { axis, fromZero, powersOfTwo } from "../charts/axes";
import { Chart, type ChartOptions } from "../charts/Chart";
import { type Palette, translucent } from "../charts/palette";
import { timeLabels, timeSteps } from "../charts/timeLabels";
import type { Sample } from "./rates";
import { rate } from "./task";

/** A task's rate over time; where it was not known, there is no line. */
export function RateChart(props: {
  samples: readonly Sample[];
  label: string;
  onPoint: (index: number | null) => void;
}) {
  const { samples } = props;
  const data = useMemo<uPlot.AlignedData>(
    () => [samples.map(({ time }) => time), samples.map((sample) => sample.rate)],
    [samples],
  );
  const options = useCallback(optionsOf, []);
  return <Chart options={options} data={data} label={props.label} onPoint={props.onPoint} />;
}

function optionsOf(palette: Palette): ChartOptions {
  return {
    ms: 1,
    padding: [8, 28, 0, 0],
    scales: { y: { range: fromZero(1024) } },
    axes: [
      axis(palette, { size: 44, space: 70, incrs: timeSteps, values: timeLabels }),
      axis(palette, { size: 84, incrs: powersOfTwo, values: (_, splits) => splits.map(rate) }),
    ],
    series: [
      {},
      {
        stroke: palette.first,
        fill: translucent(palette.first, 14),
        width: 2,
        points: { show: false },
      },
    ],
  };
}
