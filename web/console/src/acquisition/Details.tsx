import type { AcquisitionResponse } from "@freshet/smartem";
import type { ReactNode } from "react";
import { formatDay, formatFull, parseTime } from "../ui/format";
import { Section } from "../ui/Section";
import classes from "./Details.module.css";

/** What an acquisition is, as far as it was reported. */
export function Details(props: { acquisition: AcquisitionResponse | undefined }) {
  const { acquisition } = props;
  return (
    <Section title="Details">
      <dl className={classes["details"]}>
        {facts.map(([field, label]) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd>{acquisition?.[field] || "–"}</dd>
          </div>
        ))}
        {times.map(([field, label]) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd>{time(acquisition?.[field])}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

const facts = [
  ["uuid", "UUID"],
  ["instrument_id", "Instrument"],
  ["instrument_model", "Model"],
  ["computer_name", "Computer"],
  ["storage_path", "Storage path"],
  ["atlas_path", "Atlas path"],
  ["clustering_mode", "Clustering mode"],
  ["clustering_radius", "Clustering radius"],
] as const;

const times = [
  ["start_time", "Started"],
  ["paused_time", "Last paused"],
  ["end_time", "Ended"],
] as const;

function time(value: string | null | undefined): ReactNode {
  const at = parseTime(value);
  if (at === null) return "–";
  return (
    <time dateTime={at.toISOString()} title={formatFull(at)}>
      {formatDay(at)}
    </time>
  );
}
