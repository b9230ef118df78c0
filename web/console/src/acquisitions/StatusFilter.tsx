import { UnstyledButton } from "@mantine/core";
import { formatCount } from "../ui/format";
import { type Acquisition, type AcquisitionStatus, statuses } from "./acquisition";
import { statusLabels } from "./StatusBadge";
import classes from "./StatusFilter.module.css";

/** How many acquisitions have each status, and a way to see those alone. */
export function StatusFilter(props: {
  acquisitions: readonly Acquisition[];
  status: AcquisitionStatus | undefined;
  onChange: (status: AcquisitionStatus | undefined) => void;
}) {
  const { acquisitions, onChange } = props;
  const choices = [undefined, ...statuses];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row that scrolls
    <div className={classes["filter"]} role="group" aria-label="Status">
      {choices.map((status) => (
        <UnstyledButton
          key={status ?? "all"}
          className={classes["choice"]}
          aria-pressed={status === props.status}
          onClick={() => onChange(status)}
        >
          {status === undefined ? "All" : statusLabels[status]}
          <span className={classes["number"]}>
            {formatCount(acquisitions.filter((a) => !status || a.status === status).length)}
          </span>
        </UnstyledButton>
      ))}
    </div>
  );
}
