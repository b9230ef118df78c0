import type { Json } from "@freshet/client";
import { memo, useMemo } from "react";
import { RowDetail, RowSummary } from "../rows/RowItem";
import rowClasses from "../rows/RowList.module.css";
import type { Change } from "../runtime/RuntimeStore";
import { formatFull, formatLogTime, plural } from "../ui/format";
import { JsonView } from "../ui/JsonView";
import classes from "./Changes.module.css";
import { type Difference, differences } from "./differences";

/** Parts that are shown one by one; past them, the values say it better. */
const mostParts = 40;

/** What fits in a row on the widest screen. */
const fewParts = 6;

/** One change: what, when, why; opened, the values before and after. */
export const ChangeItem = memo(function ChangeItem(props: {
  change: Change;
  opened: boolean;
  onToggle: (number: number) => void;
}) {
  const { change, opened } = props;
  const { slice, version, cause, time } = change;
  return (
    <div>
      <RowSummary opened={opened} onToggle={() => props.onToggle(change.number)}>
        <span className={rowClasses["time"]}>
          {formatLogTime(time ?? new Date(change.arrived))}
        </span>
        <span className={rowClasses["title"]}>
          {slice} <span className={classes["version"]}>v{version}</span>
        </span>
        <span className={`${rowClasses["more"]} ${classes["cause"]}`} data-known={cause !== null}>
          {cause?.type ?? causeless[change.kind]}
        </span>
        <span className={rowClasses["json"]}>{useSummary(change)}</span>
      </RowSummary>
      {opened && <Detail change={change} />}
    </div>
  );
});

const causeless = { patches: "no cause given", value: "no cause given", snapshot: "snapshot" };

function useSummary(change: Change): string {
  return useMemo(() => {
    if (change.before === undefined) return "first seen";
    const parts = differences(change.before, change.after, fewParts + 1);
    const shown = parts.slice(0, fewParts).map(inWords).join(" · ");
    return parts.length > fewParts ? `${shown} · …` : shown;
  }, [change]);
}

function inWords({ pointer, before, after }: Difference): string {
  const name = pointer === "" ? "" : `${pointer.slice(1)} `;
  if (before === undefined) return `${name}+ ${short(after)}`;
  if (after === undefined) return `${name}removed`;
  return `${name}${short(before)} → ${short(after)}`;
}

function short(value: Json | undefined): string {
  const text = value === undefined ? "–" : JSON.stringify(value);
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}

function Detail({ change }: { change: Change }) {
  const { cause, before, after, patches, slice, time, version } = change;
  const parts = useMemo(() => differences(before, after, mostParts + 1), [before, after]);
  return (
    <RowDetail
      facts={
        <>
          {time !== null && <time dateTime={time.toISOString()}>{formatFull(time)}</time>}
          <span>{hows[change.kind]}</span>
          {patches !== null && <span>{plural(patches.length, "operation")}</span>}
          {cause !== null && (
            <span>
              cause {cause.type}
              {cause.id !== undefined && `, id ${cause.id}`}
            </span>
          )}
        </>
      }
      copy={[
        JSON.stringify({ slice, version, cause, patches, before, after }, null, 2),
        "Copy change",
      ]}
    >
      {cause?.payload !== undefined && <Value title="Payload" value={cause.payload} />}
      {before !== undefined && parts.length <= mostParts && <Parts parts={parts} />}
      <div className={classes["values"]}>
        <Value title="Before" value={before} />
        <Value title="After" value={after} />
      </div>
    </RowDetail>
  );
}

const hows = {
  patches: "sent as patches",
  value: "sent whole",
  snapshot: "read whole; may hold several changes",
};

function Parts(props: { parts: readonly Difference[] }) {
  return (
    <ul className={classes["differences"]} aria-label="What changed">
      {props.parts.map(({ pointer, before, after }) => (
        <li key={pointer}>
          <span className={classes["pointer"]}>{pointer || "(all)"}</span>
          <del>{short(before)}</del>
          <span aria-hidden="true">→</span>
          <ins>{short(after)}</ins>
        </li>
      ))}
    </ul>
  );
}

function Value(props: { title: string; value: Json | undefined }) {
  const { title, value } = props;
  return (
    <figure className={classes["figure"]}>
      <figcaption>{title}</figcaption>
      {value === undefined ? (
        <p className={classes["unknown"]}>not known: it was not followed yet</p>
      ) : (
        <JsonView json={JSON.stringify(value)} />
      )}
    </figure>
  );
}
