import type { ReactNode } from "react";
import classes from "./Facts.module.css";
import { formatDay, formatFull, parseTime } from "./format";

/** What is known of one thing, a `Fact` each. */
export function Facts(props: { children: ReactNode }) {
  return <dl className={classes["facts"]}>{props.children}</dl>;
}

export function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** A time as the server gave it, or a dash. */
export function FactTime(props: { name: string; value: string | null | undefined }) {
  const at = parseTime(props.value);
  return (
    <Fact name={props.name}>
      {at === null ? (
        "–"
      ) : (
        <time dateTime={at.toISOString()} title={formatFull(at)}>
          {formatDay(at)}
        </time>
      )}
    </Fact>
  );
}
