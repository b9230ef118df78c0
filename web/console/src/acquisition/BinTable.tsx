import { type Bins, rangeOfBin } from "./histogram";
import classes from "./QualitySection.module.css";

/** A histogram as a table, for who cannot see it or wants the numbers. */
export function BinTable(props: {
  bins: Bins;
  title: string;
  all: readonly number[];
  inRange: readonly number[];
}) {
  const { bins, all, inRange } = props;
  return (
    <details className={classes["table"]}>
      <summary>As a table</summary>
      <table aria-label={`${props.title}, by bin`}>
        <thead>
          <tr>
            <th scope="col">Å</th>
            <th scope="col">Micrographs</th>
            <th scope="col">In range</th>
          </tr>
        </thead>
        <tbody>
          {all.map((count, at) =>
            at === 0 && !bins.below ? null : (
              // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
              <tr key={at}>
                <th scope="row">{nameOf(at, bins)}</th>
                <td>{count}</td>
                <td>{inRange[at]}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </details>
  );
}

function nameOf(at: number, bins: Bins): string {
  const { from, to } = rangeOfBin(at, bins);
  if (from === -Infinity) return `below ${to}`;
  return to === Infinity ? `${from} and more` : `${from}–${to}`;
}
