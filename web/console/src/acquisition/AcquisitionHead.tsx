import type { AcquisitionResponse } from "@freshet/smartem";
import { Link } from "@tanstack/react-router";
import { statuses } from "../acquisitions/acquisition";
import { StatusBadge } from "../acquisitions/StatusBadge";
import { formatDay, formatDuration, formatFull, parseTime } from "../ui/format";
import { PageHead } from "../ui/PageHead";
import { useNow } from "../ui/useNow";

/** What it is called, how it is, where, and since when. */
export function AcquisitionHead(props: {
  name: string;
  status: unknown;
  acquisition: AcquisitionResponse | undefined;
}) {
  const { acquisition } = props;
  const where = [acquisition?.instrument_id, acquisition?.instrument_model].filter(Boolean);
  const startedAt = parseTime(acquisition?.start_time);
  const status = statuses.find((each) => each === props.status) ?? null;
  return (
    <PageHead
      crumb={<Link to="/">Overview</Link>}
      title={props.name}
      badge={<StatusBadge status={status} />}
      facts={
        <>
          {where.join(" · ")}
          {startedAt !== null && (
            <>
              {where.length > 0 && " · "}
              started{" "}
              <time dateTime={startedAt.toISOString()} title={formatFull(startedAt)}>
                {formatDay(startedAt)}
              </time>
              <Duration
                since={startedAt}
                until={parseTime(acquisition?.end_time)}
                running={status === "started" || status === "paused"}
              />
            </>
          )}
        </>
      }
    />
  );
}

function Duration(props: { since: Date; until: Date | null; running: boolean }) {
  const now = useNow();
  const since = props.since.getTime();
  if (props.until !== null) return <>, took {formatDuration(props.until.getTime() - since)}</>;
  return props.running ? <>, for {formatDuration(now - since)}</> : null;
}
