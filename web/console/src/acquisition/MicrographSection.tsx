import { useSmartEMQueries } from "@freshet/smartem";
import { Button, Skeleton, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { formatCount, plural } from "../ui/format";
import { Section } from "../ui/Section";
import { type Brushes, isBrushed, isInRange } from "./brush";
import type { Metric } from "./MetricList";
import { MicrographTable } from "./MicrographTable";
import { rowsInRange, rowsOf } from "./micrographRows";

const shownRows = 50;
/** As many as the server tells of: so many of those in range have more than their uuid. */
const knownRows = 500;

/** The micrographs that changed last, or those of them that are in range. */
export function MicrographSection(props: {
  uuid: string;
  metrics: readonly Metric[];
  /** Said where there is none. */
  none: string;
  brushes: Brushes;
}) {
  const { uuid, metrics, brushes } = props;
  const brushed = isBrushed(brushes);
  const { data, isError, refetch } = useQuery({
    ...useSmartEMQueries().recentMicrographs(uuid, brushed ? knownRows : shownRows),
    placeholderData: keepPreviousData,
  });
  const inRange = useMemo(
    () => metrics.filter((metric) => isInRange(metric, brushes)),
    [metrics, brushes],
  );
  const rows = useMemo(() => {
    if (brushed) return rowsInRange(data ?? [], inRange, shownRows);
    return data === undefined ? null : rowsOf(data, metrics).slice(0, shownRows);
  }, [brushed, data, inRange, metrics]);
  const title = brushed ? "Micrographs in range" : "Recent micrographs";
  return (
    <Section
      title={title}
      aside={
        <Text size="xs" c="dimmed">
          {brushed
            ? `${plural(inRange.length, "micrograph")}, the newest ${formatCount(shownRows)} at most`
            : `Added or changed last, the newest ${formatCount(shownRows)} at most`}
        </Text>
      }
    >
      {isError && (
        <Text size="sm" c="dimmed" role="status">
          The server's list could not be read.{" "}
          <Button size="compact-xs" variant="default" onClick={() => void refetch()}>
            Try again
          </Button>
        </Text>
      )}
      {rows === null && !isError && (
        <Skeleton height={200} role="status" aria-label="Loading micrographs" />
      )}
      {rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          {brushed ? "No micrograph is in range." : props.none}
        </Text>
      )}
      {rows !== null && rows.length > 0 && <MicrographTable rows={rows} label={title} />}
    </Section>
  );
}
