import { Button, Loader, Select, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useShowInHeader } from "../connection/ConnectionContext";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { useStatus } from "../connection/useStatus";
import { type FollowedRuntime, operating, useRuntime } from "../runtime/useRuntime";
import { Centered } from "../ui/Centered";
import { Fresh } from "../ui/Fresh";
import { NoGrant } from "../ui/NoGrant";
import { ProblemNotice } from "../ui/ProblemNotice";
import { ChangeList } from "./ChangeList";
import { useRuntimeNames } from "./runtimes";
import classes from "./State.module.css";
import { StateBar } from "./StateBar";
import { StateTree } from "./StateTree";

const route = getRouteApi("/console/state");

/** The slices of a runtime, and each change of them with what caused it. */
export default function StatePage() {
  useDocumentTitle("State · Freshet");
  const { runtime = operating } = route.useSearch();
  const navigate = route.useNavigate();
  const followed = useRuntime(runtime);
  const names = useRuntimeNames(runtime);
  useShowInHeader(followed.denied ? null : followed.stream);
  return (
    <div className={classes["page"]}>
      <div className={classes["top"]}>
        <Title order={1}>State</Title>
        {names.length > 1 && (
          <Select
            aria-label="Runtime"
            size="xs"
            data={[...names]}
            value={runtime}
            allowDeselect={false}
            onChange={(name) =>
              void navigate({
                search: { runtime: name === operating ? undefined : (name ?? undefined) },
              })
            }
          />
        )}
      </div>
      {followed.denied ? (
        <Denied runtime={runtime} />
      ) : (
        <Slices runtime={runtime} followed={followed} />
      )}
    </div>
  );
}

function Slices(props: { runtime: string; followed: FollowedRuntime }) {
  const { runtime, followed } = props;
  const { snapshot, stream, current, reopen } = followed;
  return (
    <>
      <FreshnessStrip
        stream={stream}
        current={current}
        known={snapshot.slices !== null}
        reopen={reopen}
      />
      <StateBar runtime={runtime} followed={followed} />
      <Fresh stale={snapshot.slices !== null && !current} className={classes["parts"]}>
        <section className={classes["slices"]} aria-label={`Slices of ${runtime}`}>
          {snapshot.slices === null ? (
            <Waiting followed={followed} />
          ) : (
            <StateTree slices={snapshot.slices} />
          )}
        </section>
        <section className={classes["changes"]} aria-label="Time line">
          <ChangeList
            changes={snapshot.changes}
            empty={
              <Centered>
                <Text c="dimmed">Changes appear here as they happen.</Text>
              </Centered>
            }
          />
        </section>
      </Fresh>
    </>
  );
}

function Waiting(props: { followed: FollowedRuntime }) {
  const { stream, reopen } = props.followed;
  const status = useStatus(stream);
  if (status?.name === "failed") {
    return (
      <Centered>
        <ProblemNotice problem={status.problem} title="The stream was refused" />
        <Button variant="default" onClick={reopen}>
          Try again
        </Button>
      </Centered>
    );
  }
  return (
    <Centered>
      <Loader aria-label="Reading the slices" />
    </Centered>
  );
}

function Denied({ runtime }: { runtime: string }) {
  if (runtime === operating) return <NoGrant what="The server's state" />;
  return (
    <Centered>
      <Title order={2} size="h4">
        There is no runtime {runtime}
      </Title>
      <Text c="dimmed">
        Or this session may read none of its slices; the server does not say which.
      </Text>
    </Centered>
  );
}
