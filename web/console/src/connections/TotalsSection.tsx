import { lazy, useMemo } from "react";
import { Figure } from "../charts/Figure";
import { Legend, LegendEntry } from "../charts/Legend";
import type { FollowedRuntime } from "../runtime/useRuntime";
import { formatBytes, formatCount } from "../ui/format";
import { Section } from "../ui/Section";
import { useNow } from "../ui/useNow";
import classes from "./Connections.module.css";
import type { Line } from "./TotalsChart";
import { type Total, totalsOf, upTo } from "./totals";

const TotalsChart = lazy(() => import("./TotalsChart"));

const opened: readonly Line[] = [
  { measure: "open", label: "Open", colour: "first", dash: [] },
  { measure: "behind", label: "Behind", colour: "second", dash: [6, 3] },
];
const sent: readonly Line[] = [
  { measure: "bytes", label: "Bytes a second", colour: "first", dash: [] },
];

/** All streams together since the page was opened: the server looks only while somebody does. */
export function TotalsSection(props: { runtime: FollowedRuntime }) {
  const { snapshot, current } = props.runtime;
  const known = useMemo(() => totalsOf(snapshot.changes), [snapshot.changes]);
  const now = useNow();
  const totals = useMemo(() => (current ? upTo(known, now) : known), [known, current, now]);
  const last = known.at(-1);
  const empty = totals.length < 2 ? "Collecting…" : null;
  return (
    <Section title="Totals" aside={<span className={classes["aside"]}>since you opened this</span>}>
      <div className={classes["charts"]}>
        <Figure title="Open streams" numbers={<Numbers last={last} />} empty={empty}>
          <TotalsChart totals={totals} lines={opened} label={openInWords(last)} />
        </Figure>
        <Figure title="Sent" numbers={<Sent last={last} />} empty={empty}>
          <TotalsChart totals={totals} lines={sent} bytes label={sentInWords(last)} />
        </Figure>
      </div>
    </Section>
  );
}

function Numbers({ last }: { last: Total | undefined }) {
  return (
    <Legend lines={opened} values={last}>
      {last !== undefined && (
        <LegendEntry>
          {rate(last.opened)} opened, {rate(last.closed)} closed a second
        </LegendEntry>
      )}
    </Legend>
  );
}

function Sent({ last }: { last: Total | undefined }) {
  if (last === undefined) return "–";
  return `${formatBytes(last.bytes)} and ${rate(last.deliveries)} deliveries a second`;
}

function openInWords(last: Total | undefined): string {
  if (last === undefined) return "Open streams over time";
  return `Open streams over time: ${formatCount(last.open)} now, ${formatCount(last.behind)} behind`;
}

function sentInWords(last: Total | undefined): string {
  if (last === undefined) return "Bytes sent over time";
  return `Bytes sent over time: ${formatBytes(last.bytes)} a second now`;
}

const rate = (value: number): string => formatCount(Math.round(value * 10) / 10);
