// biome-ignore-all lint/suspicious/noArrayIndexKey: rows stay where they are, and what they show moves down: nothing shifts
import tableClasses from "../ui/DataTable.module.css";
import { formatClock, formatCount, formatFull } from "../ui/format";
import classes from "./MicrographTable.module.css";
import { measures } from "./measures";
import type { MicrographRow } from "./micrographRows";

/** Micrographs, one a line. A result that came while the page was open is lit for a moment. */
export function MicrographTable(props: { rows: readonly MicrographRow[]; label: string }) {
  return (
    <section
      className={`${tableClasses["frame"]} ${classes["frame"]}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={props.label}
    >
      <table className={`${tableClasses["table"]} ${classes["table"]}`} aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col" className={classes["time"]}>
              Taken
            </th>
            <th scope="col">Micrograph</th>
            <th scope="col" className={`${classes["number"]} ${classes["minor"]}`}>
              Foil hole
            </th>
            <th scope="col" className={`${classes["number"]} ${classes["minor"]}`}>
              Defocus (µm)
            </th>
            <th scope="col" className={classes["number"]}>
              <Short long="Resolution (Å)" short="Res. (Å)" />
            </th>
            <th scope="col" className={classes["number"]}>
              <Short long="Total motion (Å)" short="Mot. (Å)" />
            </th>
            <th scope="col" className={`${classes["number"]} ${classes["minor"]}`}>
              Particles
            </th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, index) => (
            <Row key={index} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Short(props: { long: string; short: string }) {
  return (
    <>
      <span className={classes["long"]}>{props.long}</span>
      <span className={classes["short"]} aria-hidden="true">
        {props.short}
      </span>
    </>
  );
}

function Row({ row }: { row: MicrographRow }) {
  const { resolution, motion } = measures;
  return (
    <tr data-micrograph={row.uuid}>
      <td className={classes["time"]}>
        {row.takenAt === null ? (
          "–"
        ) : (
          <time dateTime={row.takenAt.toISOString()} title={formatFull(row.takenAt)}>
            {formatClock(row.takenAt)}
          </time>
        )}
      </td>
      <td className={classes["name"]} title={`${row.name} · ${row.uuid}`}>
        {row.name}
      </td>
      <td className={`${classes["number"]} ${classes["minor"]} ${classes["name"]}`}>{row.hole}</td>
      <td className={`${classes["number"]} ${classes["minor"]}`}>
        {row.defocus === null ? "–" : resolution.format(row.defocus)}
      </td>
      <Result row={row} value={row.resolution} format={resolution.format} />
      <Result row={row} value={row.motion} format={motion.format} />
      <td className={`${classes["number"]} ${classes["minor"]}`}>
        {row.picked === null ? "–" : formatCount(row.picked)}
      </td>
    </tr>
  );
}

function Result(props: {
  row: MicrographRow;
  value: number | null;
  format: (value: number) => string;
}) {
  const { row, value, format } = props;
  return (
    <td className={classes["number"]}>
      {value === null ? (
        <span className={classes["none"]} title="No result yet">
          –
        </span>
      ) : (
        <span
          key={`${row.uuid} ${value}`}
          className={`${classes["result"]} ${isFresh(row) ? classes["fresh"] : ""}`}
        >
          {format(value)}
        </span>
      )}
    </td>
  );
}

/** Another micrograph in the same line is not news; a result that came just now is. */
function isFresh({ liveAt }: MicrographRow): boolean {
  return liveAt !== null && Date.now() - liveAt < 1_500;
}
