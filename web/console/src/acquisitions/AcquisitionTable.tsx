// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import { VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { Ago } from "../ui/Ago";
import { Counter } from "../ui/Counter";
import { type Column, DataTable } from "../ui/DataTable";
import { formatDay, formatDuration, formatFull } from "../ui/format";
import { useNow } from "../ui/useNow";
import classes from "./AcquisitionTable.module.css";
import type { Acquisition } from "./acquisition";
import { StatusBadge } from "./StatusBadge";

/** Where a row becomes a card. */
const cardsBelow = 1_070;

/** Acquisitions and their counters. */
export function AcquisitionTable(props: { acquisitions: readonly Acquisition[] }) {
  return (
    <DataTable
      label="Acquisitions"
      columns={columns}
      rows={props.acquisitions}
      keyOf={({ key }) => key}
      cardsBelow={cardsBelow}
      firstRows={200}
      className={classes["table"]}
    >
      {(acquisition) => <Row acquisition={acquisition} />}
    </DataTable>
  );
}

const measures = [
  ["grids", "Grids"],
  ["squares", "Squares"],
  ["holes", "Holes"],
  ["micrographs", "Micrographs"],
] as const;

const columns: readonly Column[] = [
  ["Status", classes["statusColumn"]],
  ["Acquisition"],
  ...measures.map(
    ([, label]): Column => [label, `${classes["number"]} ${classes["numberColumn"]}`],
  ),
  ["Started", classes["timeColumn"]],
  ["Last updated", classes["agoColumn"]],
];

const quiet = new Set(["completed", "abandoned"]);

const Row = memo(function Row({ acquisition }: { acquisition: Acquisition }) {
  const { name, status, counts, updatedAt } = acquisition;
  return (
    <tr
      role="row"
      className={quiet.has(status ?? "") ? classes["quiet"] : undefined}
      data-acquisition={acquisition.uuid}
    >
      <td role="cell" className={classes["statusCell"]}>
        <StatusBadge status={status} />
      </td>
      <td role="cell" className={classes["nameCell"]}>
        <div className={classes["name"]} title={name}>
          <Link
            className={classes["link"]}
            to="/console/acquisitions/$acquisitionUuid"
            params={{ acquisitionUuid: acquisition.uuid }}
          >
            {name}
          </Link>
        </div>
        <Identity acquisition={acquisition} />
      </td>
      {measures.map(([measure, label]) => (
        <td role="cell" key={measure} className={classes["number"]} data-label={label}>
          {counts === null ? (
            <NoDataYet />
          ) : (
            <Counter value={counts[measure]} className={classes["count"] ?? ""} />
          )}
        </td>
      ))}
      <td role="cell" className={classes["startCell"]}>
        <Start acquisition={acquisition} />
      </td>
      <td role="cell" className={`${classes["agoCell"]} ${classes["minor"]}`}>
        {updatedAt === null ? "–" : <Ago at={updatedAt} />}
      </td>
    </tr>
  );
});

/** Unlike 0, which is a number that was reported. */
function NoDataYet() {
  return (
    <span className={classes["none"]} title="No progress reported yet">
      <span aria-hidden="true">–</span>
      <VisuallyHidden component="span">no data yet</VisuallyHidden>
    </span>
  );
}

function Identity({ acquisition }: { acquisition: Acquisition }) {
  const { instrument, model, uuid } = acquisition;
  const where = [instrument, model].filter(Boolean).join(" · ");
  return (
    <div className={classes["minor"]} title={`${where} · ${uuid}`}>
      {where === "" ? "" : `${where} · `}
      <span className={classes["uuid"]}>{uuid.slice(0, 8)}</span>
    </div>
  );
}

function Start({ acquisition }: { acquisition: Acquisition }) {
  const { startedAt } = acquisition;
  if (startedAt === null) return <span className={classes["none"]}>–</span>;
  return (
    <>
      <time dateTime={startedAt.toISOString()} title={formatFull(startedAt)}>
        {formatDay(startedAt)}
      </time>
      <div className={classes["minor"]}>
        <Duration acquisition={acquisition} since={startedAt} />
      </div>
    </>
  );
}

function Duration(props: { acquisition: Acquisition; since: Date }) {
  const { status, endedAt } = props.acquisition;
  const since = props.since.getTime();
  const now = useNow();
  if (endedAt !== null) return <>took {formatDuration(endedAt.getTime() - since)}</>;
  if (status !== "started" && status !== "paused") return null;
  return <>for {formatDuration(now - since)}</>;
}
