import type { AcquisitionProgress } from "@freshet/smartem";
import { Counter } from "../ui/Counter";
import classes from "./Tiles.module.css";

/** The live counters. */
export function Tiles(props: {
  /** Null: nothing was reported yet. */
  progress: AcquisitionProgress | null;
}) {
  const { progress } = props;
  return (
    <dl className={classes["tiles"]} aria-label="Counters">
      {counters.map(([field, label]) => (
        <div key={field} className={classes["tile"]}>
          <dt>{label}</dt>
          <dd>
            {progress === null ? (
              <span className={classes["none"]}>no data yet</span>
            ) : (
              <Counter value={progress[field]} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const counters = [
  ["grid_count", "Grids"],
  ["gridsquare_count", "Squares"],
  ["foilhole_count", "Holes"],
  ["micrograph_count", "Micrographs"],
] as const;
