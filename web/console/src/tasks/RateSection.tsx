import { useState } from "react";
import { Figure } from "../charts/Figure";
import { formatClock } from "../ui/format";
import { Section } from "../ui/Section";
import { RateChart } from "./RateChart";
import type { Sample } from "./rates";
import { rate } from "./task";

/** How fast it was while this page was open. */
export function RateSection(props: { samples: readonly Sample[]; over: boolean }) {
  const { samples, over } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const at = pointed === null ? undefined : samples[pointed];
  return (
    <Section title="Rate">
      <Figure
        title="Bytes a second, since this page was opened"
        numbers={inWords(samples, at)}
        empty={samples.length < 2 ? emptyText(over) : null}
      >
        <RateChart
          samples={samples}
          label={`Rate over time: ${inWords(samples, undefined)}`}
          onPoint={setPointed}
        />
      </Figure>
    </Section>
  );
}

function emptyText(over: boolean): string {
  return over ? "It had ended when this page was opened." : "Nothing was fetched yet.";
}

function inWords(samples: readonly Sample[], at: Sample | undefined): string {
  if (at !== undefined && at.rate !== null) {
    return `${rate(at.rate)} at ${formatClock(new Date(at.time))}`;
  }
  const last = samples.at(-1);
  if (last === undefined) return "–";
  const most = Math.max(0, ...samples.map((sample) => sample.rate ?? 0));
  return `${last.rate === null ? "not known" : rate(last.rate)} now, at most ${rate(most)}`;
}
