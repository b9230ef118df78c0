import { Text } from "@mantine/core";
import { type Dispatch, type SetStateAction, useMemo, useState } from "react";
import { Figure } from "../charts/Figure";
import { formatCount, plural } from "../ui/format";
import { Section } from "../ui/Section";
import { BinTable } from "./BinTable";
import { type Brushes, isInRange, withBrush } from "./brush";
import { HistogramChart } from "./HistogramChart";
import { histogram } from "./histogram";
import { metricsBound } from "./LiveAcquisition";
import type { Metric } from "./MetricList";
import { type Measure, measures } from "./measures";
import classes from "./QualitySection.module.css";
import { RangeFields } from "./RangeFields";
import { ScatterChart } from "./ScatterChart";
import { summarise } from "./summary";

/** What processing found out, as charts that pick out micrographs in each other and in the table. */
export function QualitySection(props: {
  metrics: readonly Metric[];
  /** More than there are metrics where older ones were let go. */
  seen: number;
  /** Said where there is none. */
  none: string;
  brushes: Brushes;
  onBrushes: Dispatch<SetStateAction<Brushes>>;
}) {
  const { metrics, brushes, onBrushes } = props;
  const inRange = useMemo(
    () => metrics.filter((metric) => isInRange(metric, brushes)),
    [metrics, brushes],
  );
  return (
    <Section title="Quality" aside={<Extent metrics={metrics} seen={props.seen} />}>
      <RangeFields
        brushes={brushes}
        onBrushes={onBrushes}
        inRange={inRange.length}
        all={metrics.length}
      />
      <div className={classes["charts"]}>
        {measured.map((measure) => (
          <MeasureFigures key={measure} {...props} measure={measure} inRange={inRange} />
        ))}
      </div>
    </Section>
  );
}

const measured: readonly Measure[] = ["resolution", "motion"];

/** One text, so that no part of it moves when a number before it grows. */
function Extent(props: { metrics: readonly Metric[]; seen: number }) {
  const kept = props.metrics.length;
  const older = props.seen - kept;
  return (
    <Text size="xs" c="dimmed">
      {[
        kept === 0 ? "The newest micrographs" : `The newest ${plural(kept, "micrograph")}`,
        ` with results, at most ${formatCount(metricsBound)}`,
        older > 0 ? `; ${formatCount(older)} older no longer kept` : "",
      ].join("")}
    </Text>
  );
}

function MeasureFigures(props: {
  measure: Measure;
  metrics: readonly Metric[];
  inRange: readonly Metric[];
  none: string;
  brushes: Brushes;
  onBrushes: Dispatch<SetStateAction<Brushes>>;
}) {
  const { measure, metrics, inRange, brushes, onBrushes } = props;
  const { title, bins, format } = measures[measure];
  const [pointed, setPointed] = useState<number | null>(null);
  const all = useValues(metrics, measure);
  const chosen = useValues(inRange, measure);
  const counts = useMemo(() => histogram(all, bins), [all, bins]);
  const chosenCounts = useMemo(() => histogram(chosen, bins), [chosen, bins]);
  const words = useMemo(
    () => (all.length === 0 ? "" : describe(chosen, format)),
    [all, chosen, format],
  );
  const empty = all.length === 0 ? props.none : null;
  return (
    <>
      <Figure
        title={`${title}: histogram`}
        numbers={words}
        empty={empty}
        footer={<BinTable bins={bins} all={counts} inRange={chosenCounts} title={title} />}
      >
        <HistogramChart
          measure={measure}
          all={counts}
          inRange={chosenCounts}
          label={`Histogram of ${title}. ${words}`}
          range={brushes[measure] ?? null}
          onRange={(range) => onBrushes((before) => withBrush(before, measure, range))}
        />
      </Figure>
      <Figure
        title={`${title}: each micrograph`}
        numbers={pointedAt(pointed === null ? undefined : metrics[pointed], measure) ?? words}
        empty={empty}
      >
        <ScatterChart
          measure={measure}
          metrics={metrics}
          brushes={brushes}
          label={`${title} of each micrograph, in order of arrival. ${words}`}
          onPoint={setPointed}
          onRange={(range) => onBrushes((before) => withBrush(before, "order", range))}
        />
      </Figure>
    </>
  );
}

function useValues(metrics: readonly Metric[], measure: Measure): readonly number[] {
  return useMemo(
    () => metrics.flatMap((metric) => measures[measure].of(metric) ?? []),
    [metrics, measure],
  );
}

function describe(values: readonly number[], format: (value: number) => string): string {
  const summary = summarise(values);
  if (summary === null) return "None in range";
  const { count, min, median, ninetieth, max } = summary;
  return `${plural(count, "micrograph")} · median ${format(median)} Å · 90 % below ${format(ninetieth)} Å · ${format(min)} to ${format(max)} Å`;
}

function pointedAt(metric: Metric | undefined, measure: Measure): string | null {
  if (metric === undefined) return null;
  const value = measures[measure].of(metric);
  return `Micrograph ${formatCount(metric.order)}: ${value === null ? "no result yet" : `${measures[measure].format(value)} Å`}`;
}
