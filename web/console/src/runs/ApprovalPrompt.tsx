import { type Approval, type Execution, resolveApproval } from "@freshet/agents";
import { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import { Button, Kbd, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { formatDuration, parseTime } from "../ui/format";
import { AlertIcon } from "../ui/icons";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useNow } from "../ui/useNow";
import classes from "./ApprovalPrompt.module.css";
import { hasReference } from "./run";
import { useWholeCall } from "./useWholeCall";
import { ValueView } from "./ValueView";

interface Answer {
  readonly decision: "approve" | "reject";
  readonly reason?: string | undefined;
}

/**
 * A question that the run waits for. It takes the focus, unless the reader is busy elsewhere; from there
 * Alt+A leads to it. While it has the focus, a key answers it.
 */
export function ApprovalPrompt(props: {
  executionId: string;
  approval: Approval;
  /** How many questions wait, this one included. */
  waiting: number;
  onAnswered: () => void;
}) {
  const { executionId, approval, waiting } = props;
  const { approvalId } = approval;
  const server = useServer();
  const section = useRef<HTMLElement>(null);
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState("");
  const answer = useMutation<Execution, unknown, Answer>({
    mutationFn: (answer) => resolveApproval(server, executionId, approvalId, answer),
    onSuccess: props.onAnswered,
  });
  const isAnswered = answer.isPending || answer.isSuccess;
  useFocusWhenFree(section);

  const approve = () => answer.mutate({ decision: "approve" });
  const reject = () => {
    const said = reason.trim();
    answer.mutate({ decision: "reject", reason: said === "" ? undefined : said });
  };

  function onKey(event: KeyboardEvent) {
    if (rejecting && event.key === "Escape") {
      setRejecting(false);
      section.current?.focus();
      return;
    }
    if (!isShortcut(event) || isAnswered) return;
    const key = event.key.toLowerCase();
    if (key !== "a" && key !== "r") return;
    event.preventDefault();
    if (key === "a") approve();
    else setRejecting(true);
  }

  return (
    <section
      ref={section}
      className={classes["prompt"]}
      aria-label="Approval needed"
      tabIndex={-1}
      onKeyDown={onKey}
    >
      <div className={classes["head"]}>
        <span className={classes["icon"]}>
          <AlertIcon />
        </span>
        <h2 className={classes["title"]}>
          May the agent run <code>{approval.toolName}</code>?
        </h2>
        <span className={classes["rest"]}>
          {waiting > 1 && `1 of ${waiting} · `}
          <Expiry at={approval.expiresAt} />
        </span>
      </div>
      <Params executionId={executionId} approval={approval} />
      {answer.error instanceof Problem && (
        <ProblemNotice problem={answer.error} title={refusalOf(answer.error)} />
      )}
      {rejecting ? (
        <form
          className={classes["answers"]}
          onSubmit={(event) => {
            event.preventDefault();
            reject();
          }}
        >
          <TextInput
            className={classes["reason"] ?? ""}
            aria-label="Reason"
            placeholder="Reason, which the agent is told; may be empty"
            autoComplete="off"
            autoFocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" color="red" loading={isAnswered}>
            Reject
          </Button>
          <Button variant="default" disabled={isAnswered} onClick={() => setRejecting(false)}>
            Back
          </Button>
        </form>
      ) : (
        <div className={classes["answers"]}>
          <Button
            loading={isAnswered}
            aria-keyshortcuts="a"
            rightSection={<Kbd aria-hidden="true">A</Kbd>}
            onClick={approve}
          >
            Approve
          </Button>
          <Button
            variant="default"
            disabled={isAnswered}
            aria-keyshortcuts="r"
            rightSection={<Kbd aria-hidden="true">R</Kbd>}
            onClick={() => setRejecting(true)}
          >
            Reject…
          </Button>
        </div>
      )}
    </section>
  );
}

/** What keys mean to a field, they mean to it alone. */
function isShortcut({ target, repeat, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !repeat && !ctrlKey && !metaKey && !altKey && !isField(target);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/** Focuses an element when it appears, if nobody would miss the focus; and with Alt+A. */
function useFocusWhenFree(element: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const { activeElement } = document;
    const isFree = activeElement === null || activeElement === document.body;
    if (isFree && document.querySelector("[role=dialog]") === null) {
      element.current?.focus({ preventScroll: true });
    }
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!event.altKey || event.code !== "KeyA") return;
      event.preventDefault();
      element.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [element]);
}

function Expiry(props: { at: string | null }) {
  const now = useNow();
  const at = parseTime(props.at);
  if (at === null) return null;
  const left = at.getTime() - now;
  return <>{left > 0 ? `${formatDuration(left)} left to answer` : "about to expire"}</>;
}

function refusalOf({ status, code }: Problem): string {
  if (status === 403) return "You may not answer for this run";
  if (code === "approval_resolved") return "Somebody else has answered already";
  return status === 0 ? "No answer: answer once more" : "Not answered";
}

/** What the agent asks to do; all of it, for who wants to know before answering. */
function Params({ executionId, approval }: { executionId: string; approval: Approval }) {
  const [whole, setWhole] = useState(false);
  const isCut = hasReference(approval.params);
  const call = { callId: approval.callId, status: "waiting" } as const;
  const { data, error, isFetching, refetch } = useWholeCall(executionId, call, whole && isCut);
  return (
    <>
      <div className={classes["params"]}>
        <ValueView label="Parameters" value={data?.params ?? approval.params} />
      </div>
      {error instanceof Problem && (
        <ProblemNotice problem={error} title="The whole could not be read" />
      )}
      {isCut && data === undefined && (
        <div>
          <Button
            size="compact-xs"
            variant="default"
            loading={isFetching}
            onClick={() => (error === null ? setWhole(true) : void refetch())}
          >
            Show the whole
          </Button>
        </div>
      )}
    </>
  );
}
