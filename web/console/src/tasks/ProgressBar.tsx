import type { TaskStatus } from "@freshet/client";
import classes from "./ProgressBar.module.css";

/** How much is done. */
export function ProgressBar(props: {
  label: string;
  /** From 0 to 1; null: of how much is not known. */
  share: number | null;
  status: TaskStatus;
}) {
  const { share, status } = props;
  const percent = share === null ? null : Math.floor(share * 100);
  const unknown = percent === null && status === "running";
  return (
    <div
      className={classes["bar"]}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      data-status={status}
      data-unknown={unknown}
    >
      <div className={classes["done"]} style={{ width: unknown ? "100%" : `${percent ?? 0}%` }} />
    </div>
  );
}
