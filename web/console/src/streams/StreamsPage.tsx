import { Button, Modal, Title } from "@mantine/core";
import { useDisclosure, useDocumentTitle } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { isCurrent, useStatus } from "../connection/useStatus";
import { newDraft } from "./draft";
import { PublishForm } from "./PublishForm";
import classes from "./StreamsPage.module.css";
import { allTypes, everything } from "./search";
import { TailBar } from "./TailBar";
import { TailEmpty } from "./TailEmpty";
import { TailFilters } from "./TailFilters";
import { TailList } from "./TailList";
import { useTail } from "./useTail";

const route = getRouteApi("/console/streams");

/** The events that match a filter, as they happen; and a form to publish one. */
export default function StreamsPage() {
  useDocumentTitle("Streams · Freshet");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = {
    topics: search.topic ?? everything,
    types: search.type ?? allTypes,
    fromStart: search.from === "start",
  };
  const { store, snapshot, stream, reopen } = useTail(filter);
  const [draft, setDraft] = useState(newDraft);
  const [publishing, dialog] = useDisclosure(false);

  return (
    <div className={classes["page"]}>
      <div className={classes["top"]}>
        <Title order={1}>Streams</Title>
        <span className={classes["publishButton"]}>
          <Button variant="default" onClick={dialog.open}>
            Publish…
          </Button>
        </span>
      </div>
      <section className={classes["tail"]} aria-label="Tail">
        <TailFilters
          filter={filter}
          stream={stream}
          onChange={(next) => {
            store.clear();
            void navigate({ search: next, replace: true });
          }}
        />
        <FreshnessStrip stream={stream} current={isCurrent(useStatus(stream))} reopen={reopen} />
        <TailBar store={store} snapshot={snapshot} />
        <TailList rows={snapshot.rows} empty={<TailEmpty stream={stream} reopen={reopen} />} />
      </section>
      <aside className={classes["publish"]}>
        <Title order={2} size="h5" mb="sm">
          Publish
        </Title>
        <PublishForm draft={draft} onDraft={setDraft} />
      </aside>
      <Modal opened={publishing} onClose={dialog.close} title="Publish">
        <PublishForm draft={draft} onDraft={setDraft} />
      </Modal>
    </div>
  );
}
