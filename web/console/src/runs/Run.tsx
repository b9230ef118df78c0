import { type Execution, isOver } from "@freshet/agents";
import { Button, Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useRef, useState } from "react";
import { useShowInHeader } from "../connection/ConnectionContext";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { useSignedIn } from "../session/SessionContext";
import { Fresh } from "../ui/Fresh";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";
import { ApprovalPrompt } from "./ApprovalPrompt";
import { FileList } from "./FileList";
import { FileView } from "./FileView";
import { NoSuchRun } from "./NoSuchRun";
import { PhaseLine } from "./PhaseLine";
import { ReplayBar } from "./ReplayBar";
import { RunActions } from "./RunActions";
import { RunFacts } from "./RunFacts";
import { RunHead } from "./RunHead";
import classes from "./Runs.module.css";
import { mayChange, statusLabels, titleOf } from "./run";
import { ShowFileProvider } from "./ShowFileContext";
import { Story, type StoryHandle } from "./Story";
import { useReplay } from "./useReplay";
import { useRun } from "./useRun";

/** All that is known of one run: live until it has ended, then as often as one likes. */
export function Run({ id }: { id: string }) {
  const { execution, state, problem, stream, current, reopen } = useRun(id);
  const replay = useReplay(id);
  const { session } = useSignedIn();
  const [file, setFile] = useState<string | null>(null);
  const story = useRef<StoryHandle>(null);
  useShowInHeader(stream);
  useDocumentTitle(documentTitle(execution));

  if (state === "unknown") return <NoSuchRun id={id} />;
  if (execution === undefined) {
    if (state !== "failed" || problem === undefined) return <Loading />;
    return (
      <Stack>
        <ProblemNotice problem={problem} title="The run cannot be shown" />
        <Button variant="default" onClick={reopen} style={{ alignSelf: "start" }}>
          Try again
        </Button>
      </Stack>
    );
  }
  const { player, playback } = replay;
  const shown = playback?.execution ?? execution;
  const changeable = mayChange(execution, session);
  const gone = state === "gone";
  return (
    <ShowFileProvider value={setFile}>
      <div className={classes["run"]}>
        <RunHead
          run={shown}
          replaying={playback !== null}
          actions={
            gone ? undefined : (
              <RunActions
                run={execution}
                mayChange={changeable}
                onReplay={playback === null ? replay.begin : null}
              />
            )
          }
        />
        {gone ? (
          <Notice tone="warn" title="This run is not there any more">
            It was deleted, or is no longer shared with this session. What you see is what was last
            known of it.
          </Notice>
        ) : (
          <FreshnessStrip stream={stream} current={current} reopen={reopen} />
        )}
        {replay.problem !== null && (
          <ProblemNotice problem={replay.problem} title="The run cannot be replayed" />
        )}
        {player !== null && playback !== null && (
          <ReplayBar player={player} playback={playback} onLeave={replay.leave} />
        )}
        <PhaseLine run={shown} onShow={(phaseId) => story.current?.showPhase(phaseId)} />
        <div className={classes["body"]}>
          <div className={classes["story"]}>
            <div className={classes["window"]}>
              <Fresh stale={!current} className={classes["fresh"]}>
                <Story key={playback === null ? "live" : "replay"} run={shown} handle={story} />
              </Fresh>
            </div>
            {playback === null && !gone && (
              <Questions
                run={execution}
                changeable={changeable}
                onAnswered={() => story.current?.focus()}
              />
            )}
          </div>
          <aside
            className={classes["aside"]}
            aria-label="About this run"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
          >
            <FileList files={shown.files} />
            <RunFacts run={shown} />
          </aside>
        </div>
        <Announcement run={execution} />
        <FileView executionId={id} path={file} onClose={() => setFile(null)} />
      </div>
    </ShowFileProvider>
  );
}

function documentTitle(run: Execution | undefined): string {
  if (run === undefined) return "Agent run · Freshet";
  const status = isOver(run.status) || run.status === "waiting" ? statusLabels[run.status] : null;
  return `${status === null ? "" : `${status}: `}${titleOf(run)} · Freshet`;
}

/** What the run waits for; answered one after the other. */
function Questions(props: { run: Execution; changeable: boolean; onAnswered: () => void }) {
  const { run } = props;
  const open = pendingOf(run);
  const [first] = open;
  if (first === undefined) return null;
  if (!props.changeable) {
    return (
      <Notice tone="warn" title={`Waits for ${run.owner}`}>
        The agent asks whether it may run {first.toolName}.
      </Notice>
    );
  }
  return (
    <ApprovalPrompt
      key={first.approvalId}
      executionId={run.executionId}
      approval={first}
      waiting={open.length}
      onAnswered={props.onAnswered}
    />
  );
}

function pendingOf(run: Execution) {
  return isOver(run.status) ? [] : run.approvals.filter(({ decision }) => decision === null);
}

/** Tells a screen reader what changes the run as a whole, but not of each step. */
function Announcement({ run }: { run: Execution }) {
  const [first] = pendingOf(run);
  return (
    <VisuallyHidden role="status" aria-live="assertive">
      {first === undefined
        ? `Run: ${statusLabels[run.status]}`
        : `The agent asks whether it may run ${first.toolName}. Press Alt+A to answer.`}
    </VisuallyHidden>
  );
}

function Loading() {
  return (
    <Stack gap={12} role="status" aria-label="Loading the run">
      <Skeleton height={34} width="40%" />
      <Skeleton height={40} />
      <Skeleton height={360} />
    </Stack>
  );
}
