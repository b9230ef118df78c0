import type { AcquisitionResponse } from "@freshet/smartem";
import { Fact, Facts, FactTime } from "../ui/Facts";
import { Section } from "../ui/Section";

/** What an acquisition is, as far as it was reported. */
export function Details(props: { acquisition: AcquisitionResponse | undefined }) {
  const { acquisition } = props;
  return (
    <Section title="Details">
      <Facts>
        {facts.map(([field, label]) => (
          <Fact key={field} name={label}>
            {acquisition?.[field] || "–"}
          </Fact>
        ))}
        {times.map(([field, label]) => (
          <FactTime key={field} name={label} value={acquisition?.[field]} />
        ))}
      </Facts>
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
