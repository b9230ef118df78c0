import { Button, Modal, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure, useDocumentTitle } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { Centered } from "../ui/Centered";
import { Choices } from "../ui/Choices";
import { Fresh } from "../ui/Fresh";
import { formatClock } from "../ui/format";
import { ProblemNotice } from "../ui/ProblemNotice";
import classes from "./Runs.module.css";
import { RunTable } from "./RunTable";
import { statuses, statusLabels } from "./run";
import { StartForm } from "./StartForm";
import { useRuns } from "./useRuns";

const route = getRouteApi("/console/runs");
const choices = statuses.map((value) => ({ value, label: statusLabels[value] }));

/** All agent runs that the session may see. */
export default function RunsPage() {
  useDocumentTitle("Agent runs · Freshet");
  const { status: chosen = [] } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useRuns(chosen);
  const [starting, dialog] = useDisclosure(false);
  const { runs, problem } = list;

  return (
    <div className={classes["page"]}>
      <Title order={1}>Agent runs</Title>
      <div className={classes["bar"]}>
        <Choices
          label="Statuses"
          choices={choices}
          chosen={chosen}
          onChange={(status) =>
            void navigate({ search: status.length === 0 ? {} : { status }, replace: true })
          }
        />
        <Button size="xs" className={classes["end"] ?? ""} onClick={dialog.open}>
          New run…
        </Button>
      </div>
      {problem !== null && (
        <Stack gap="xs">
          <ProblemNotice
            problem={problem}
            title={
              runs === null
                ? "Runs cannot be shown"
                : `Not current: what you see is from ${formatClock(new Date(list.updatedAt))}`
            }
          />
          <Button variant="default" onClick={list.reload} style={{ alignSelf: "start" }}>
            Try again
          </Button>
        </Stack>
      )}
      {runs === null && problem === null && <Loading />}
      {runs?.length === 0 && (
        <None
          filtered={chosen.length > 0}
          onClear={() => void navigate({ search: {}, replace: true })}
          onStart={dialog.open}
        />
      )}
      {runs !== null && runs.length > 0 && (
        <Fresh stale={problem !== null}>
          <Stack gap="sm">
            <RunTable runs={runs} />
            {list.hasMore && (
              <Button variant="default" loading={list.loadingMore} onClick={list.more}>
                Show older runs
              </Button>
            )}
          </Stack>
        </Fresh>
      )}
      <Modal opened={starting} onClose={dialog.close} title="Start an agent" size="lg">
        <StartForm />
      </Modal>
    </div>
  );
}

function None(props: { filtered: boolean; onClear: () => void; onStart: () => void }) {
  if (props.filtered) {
    return (
      <Centered>
        <Title order={2} size="h4">
          No run has this status
        </Title>
        <Button variant="default" onClick={props.onClear}>
          Show all
        </Button>
      </Centered>
    );
  }
  return (
    <Centered>
      <Title order={2} size="h4">
        No runs yet
      </Title>
      <Text c="dimmed" maw="34rem">
        Give an agent a task and watch it plan, think and use its tools. Whom you share a run with
        sees it too.
      </Text>
      <Button onClick={props.onStart}>Start the first run…</Button>
    </Centered>
  );
}

function Loading() {
  return (
    <Stack gap={8} role="status" aria-label="Loading runs">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={62} />
      ))}
    </Stack>
  );
}
