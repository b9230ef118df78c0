import type { ReactNode } from "react";
import { formatCount } from "../ui/format";
import classes from "./Legend.module.css";

/** A line of a chart: what it measures, and how it is told apart, also without colours. */
export interface ChartLine<Measure extends string> {
  readonly measure: Measure;
  readonly label: string;
  readonly colour: "first" | "second" | "third";
  readonly dash: readonly number[];
}

/** What each line is, and how much; and what else there is to say, each in a `LegendEntry`. */
export function Legend<Measure extends string>(props: {
  lines: readonly ChartLine<Measure>[];
  /** `undefined`: not known. */
  values: Readonly<Record<Measure, number>> | undefined;
  children?: ReactNode;
}) {
  const { lines, values } = props;
  return (
    <span className={classes["legend"]}>
      {lines.map(({ measure, label, colour, dash }) => (
        <LegendEntry key={measure}>
          <svg width="22" height="8" aria-hidden="true" className={classes[colour]}>
            <path
              d="M0 4h22"
              stroke="currentColor"
              strokeWidth="2"
              strokeDasharray={dash.join(" ")}
            />
          </svg>
          {label} <b>{values === undefined ? "–" : formatCount(values[measure])}</b>
        </LegendEntry>
      ))}
      {props.children}
    </span>
  );
}

export function LegendEntry(props: { children: ReactNode }) {
  return <span className={classes["entry"]}>{props.children}</span>;
}
