import { Button } from "@mantine/core";
import { useState } from "react";
import { Figure } from "../charts/Figure";
import { Legend, LegendEntry } from "../charts/Legend";
import { formatClock, formatCount, formatDay, formatDuration, plural } from "../ui/format";
import { Section } from "../ui/Section";
import { TimelineChart } from "./TimelineChart";
import classes from "./TimelineSection.module.css";
import { type Period, type Point, periodsOf } from "./timeline";
import { lines } from "./timelineLines";

/** How the counters came to be what they are. */
export function TimelineSection(props: {
  points: readonly Point[];
  /** Whether they could not be read. */
  failed: boolean;
  again: () => void;
}) {
  const { points } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const at = pointed === null ? undefined : points[pointed];
  const periods = periodsOf(points);
  return (
    <Section title="Progress">
      <Figure
        title="Collected over time"
        numbers={<Numbers point={at ?? points.at(-1)} pointed={at !== undefined} />}
        empty={points.length < 2 ? "No data yet" : null}
        tall
        footer={
          <p className={classes["notes"]}>
            {props.failed && (
              <>
                <span className={classes["missing"]}>The timeline could not be read.</span>{" "}
                <Button size="compact-xs" variant="default" onClick={props.again}>
                  Try again
                </Button>
              </>
            )}
            {periods.length > 0 && `Shaded: ${periods.map(inWords).join("; ")}.`}
          </p>
        }
      >
        <TimelineChart points={points} label={describe(points, periods)} onPoint={setPointed} />
      </Figure>
    </Section>
  );
}

function Numbers(props: { point: Point | undefined; pointed: boolean }) {
  const { point, pointed } = props;
  return (
    <Legend lines={lines} values={point}>
      <LegendEntry>
        Grids <b>{point === undefined ? "–" : formatCount(point.grids)}</b>
      </LegendEntry>
      {pointed && point !== undefined && <span>at {formatClock(new Date(point.time))}</span>}
    </Legend>
  );
}

function describe(points: readonly Point[], periods: readonly Period[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "No data yet";
  const span = `from ${formatDay(new Date(first.time))} to ${formatDay(new Date(last.time))}`;
  const counts = [
    plural(last.micrographs, "micrograph"),
    plural(last.holes, "hole"),
    plural(last.squares, "square"),
    plural(last.grids, "grid"),
  ].join(", ");
  return [`Counters over time, ${span}: ${counts}`, ...periods.map(inWords)].join(". ");
}

function inWords({ status, from, to }: Period): string {
  const begin = formatDay(new Date(from));
  return to === null
    ? `${status} since ${begin}`
    : `${status} ${begin}, for ${formatDuration(to - from)}`;
}
