import { TextInput, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useShowInHeader } from "../connection/ConnectionContext";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { useCurrentStates } from "../connection/useCurrentStates";
import { useFollow } from "../connection/useFollow";
import { isCurrent, useStatus } from "../connection/useStatus";
import { formatCount } from "../ui/format";
import { SearchIcon } from "../ui/icons";
import { AcquisitionList } from "./AcquisitionList";
import classes from "./AcquisitionsPage.module.css";
import { AcquisitionsView } from "./AcquisitionsView";
import { type Acquisition, acquisitionTopics } from "./acquisition";
import { StatusFilter } from "./StatusFilter";

const route = getRouteApi("/console/acquisitions");

/** All acquisitions that the session may see, live. */
export default function AcquisitionsPage() {
  useDocumentTitle("Acquisitions · Freshet");
  const { stream, reopen } = useFollow(acquisitionTopics);
  useShowInHeader(stream);
  const current = isCurrent(useStatus(stream));
  const states = useCurrentStates(stream, current);
  const [list] = useState(() => new AcquisitionList());
  const acquisitions = useMemo(() => (states === null ? null : list.from(states)), [states, list]);
  const search = route.useSearch();
  const navigate = route.useNavigate();

  return (
    <>
      <div className={classes["top"]}>
        <Title order={1}>Acquisitions</Title>
        <TextInput
          className={classes["find"]}
          aria-label="Find an acquisition"
          placeholder="Name, instrument or uuid"
          leftSection={<SearchIcon />}
          value={search.find ?? ""}
          onChange={(event) => {
            const find = event.currentTarget.value || undefined;
            void navigate({ search: (before) => ({ ...before, find }), replace: true });
          }}
        />
      </div>
      <StatusFilter
        acquisitions={acquisitions ?? []}
        status={search.status}
        onChange={(status) =>
          void navigate({ search: (before) => ({ ...before, status }), replace: true })
        }
      />
      <FreshnessStrip
        stream={stream}
        current={current}
        summary={summary(acquisitions)}
        reopen={reopen}
      />
      <section
        className={classes["content"]}
        aria-label="Acquisitions"
        data-stale={acquisitions !== null && !current}
      >
        <AcquisitionsView
          acquisitions={acquisitions}
          search={search}
          stream={stream}
          reopen={reopen}
          onClear={() => void navigate({ search: {}, replace: true })}
        />
      </section>
    </>
  );
}

function summary(acquisitions: readonly Acquisition[] | null): string {
  if (acquisitions === null || acquisitions.length === 0) return "";
  const micrographs = acquisitions.reduce((sum, each) => sum + (each.counts?.micrographs ?? 0), 0);
  const count = acquisitions.length;
  return `${formatCount(count)} ${count === 1 ? "acquisition" : "acquisitions"}, ${formatCount(micrographs)} micrographs`;
}
