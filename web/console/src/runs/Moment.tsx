import { formatFull, formatMoment, parseTime } from "../ui/format";
import classes from "./Story.module.css";

/** When it was. */
export function Moment(props: { at: string | null }) {
  const at = parseTime(props.at);
  if (at === null) return null;
  return (
    <time className={classes["moment"]} dateTime={at.toISOString()} title={formatFull(at)}>
      {formatMoment(at)}
    </time>
  );
}
