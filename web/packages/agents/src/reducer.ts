import type {
  AgentEvents,
  Execution,
  MadeFile,
  Phase,
  Step,
  ThinkingStep,
  ToolStep,
  Usage,
} from "./events";
import type { AgentStreamEvent, AgentStreamEvents } from "./execution";

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/**
 * A run that is being reduced: an object of its own, and a list of steps of its own from the first
 * that changes, so that many events cost one copy of the list.
 */
interface Draft {
  run: Writable<Execution>;
  steps: Step[] | undefined;
}

type Apply = {
  readonly [Type in keyof AgentEvents]: (draft: Draft, event: AgentEvents[Type]) => void;
};

const NOTHING: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  cost: null,
  iterations: 0,
};

/**
 * What a run is after an event: `execution:started` and `execution:snapshot` begin it, whatever was
 * before. Pure; parts that did not change keep their identity. An event of a type that is not known
 * changes nothing.
 */
export function reduce(
  execution: Execution | undefined,
  event: AgentStreamEvent,
): Execution | undefined {
  return reduceAll(execution, [event]);
}

/** The same for several events, which is cheaper than one after the other. */
export function reduceAll(
  execution: Execution | undefined,
  events: Iterable<AgentStreamEvent>,
): Execution | undefined {
  let draft: Draft | undefined;
  let before = execution;
  for (const { type, data } of events) {
    if (type === "execution:started" || type === "execution:snapshot") {
      before = type === "execution:started" ? begun(data) : data;
      draft = undefined;
    } else if (before && Object.hasOwn(APPLY, type)) {
      draft ??= { run: { ...before }, steps: undefined };
      draft.run.sequence++;
      (APPLY[type] as (draft: Draft, data: AgentStreamEvents[typeof type]) => void)(draft, data);
    }
  }
  return draft?.run ?? before;
}

function begun(event: AgentEvents["execution:started"]): Execution {
  const { executionId, task, owner, model, limits, external, startedAt } = event;
  return {
    executionId,
    task,
    owner,
    viewers: [],
    status: "running",
    model,
    limits,
    external,
    startedAt,
    finishedAt: null,
    plan: null,
    phases: [],
    currentPhase: null,
    steps: [],
    approvals: [],
    usage: NOTHING,
    files: [],
    result: null,
    error: null,
    cancelled: null,
    duration: null,
    sequence: 1,
  };
}

const APPLY: Apply = {
  "execution:started"() {},

  "plan:created"({ run }, { plan }) {
    run.plan = plan;
    run.phases = plan.phases.map(({ id, name }, index) => {
      return { id, name, index, status: "pending", startedAt: null, duration: null };
    });
  },

  "phase:start"({ run }, { phaseId: id, phaseName: name, phaseIndex: index, timestamp }) {
    const begun: Phase = {
      id,
      name,
      index,
      status: "running",
      startedAt: timestamp,
      duration: null,
    };
    run.currentPhase = id;
    run.phases = run.phases.some((phase) => phase.id === id)
      ? run.phases.map((phase) => (phase.id === id ? begun : phase))
      : [...run.phases, begun];
  },

  "phase:complete"({ run }, { phaseId, duration }) {
    run.currentPhase = null;
    run.phases = run.phases.map((phase) =>
      phase.id === phaseId ? { ...phase, status: "completed", duration } : phase,
    );
  },

  "thinking:delta"(draft, { thoughtId, iteration, kind, at, delta, timestamp }) {
    const thought = thoughtOf(draft, thoughtId, { iteration, kind, timestamp });
    const { text } = thought.step;
    // What `at` says already came is not said twice.
    thought.put({ ...thought.step, text: (at < text.length ? text.slice(0, at) : text) + delta });
  },

  thinking(draft, { thoughtId, iteration, kind, thought: text, timestamp }) {
    const thought = thoughtOf(draft, thoughtId, { iteration, kind, timestamp });
    thought.put({ ...thought.step, text, status: "completed" });
  },

  "approval:requested"(draft, { approvalId, callId, toolName, params, expiresAt, timestamp }) {
    const { run } = draft;
    const call = callOf(draft, callId, { toolName, params });
    call.put({ ...call.step, status: "waiting" });
    run.status = "waiting";
    run.approvals = [
      ...run.approvals,
      {
        ...{ approvalId, callId, toolName, params, requestedAt: timestamp, expiresAt },
        ...{ decision: null, by: null, reason: null },
      },
    ];
  },

  "approval:resolved"(draft, { approvalId, callId, decision, by, reason }) {
    const { run } = draft;
    run.approvals = run.approvals.map((approval) =>
      approval.approvalId === approvalId ? { ...approval, decision, by, reason } : approval,
    );
    run.status = run.approvals.some(({ decision }) => decision === null) ? "waiting" : "running";
    const at = indexOfCall(stepsOf(draft), callId);
    if (at < 0) return;
    const call = stepsOf(draft)[at] as ToolStep;
    own(draft)[at] = { ...call, status: decision };
  },

  "tool:start"(draft, { callId, toolName, params, timestamp }) {
    const call = callOf(draft, callId, { toolName, params });
    call.put({ ...call.step, status: "running", startedAt: timestamp });
  },

  "tool:complete"(draft, { callId, toolName, status, result, error, duration, files }) {
    const call = callOf(draft, callId, { toolName, params: {} });
    call.put({ ...call.step, status, result, error, duration, files });
    draft.run.files = withFiles(draft.run.files, files);
  },

  "usage:updated"({ run }, { usage }) {
    run.usage = usage;
  },

  "execution:complete"(draft, { result, duration, timestamp }) {
    end(draft, "completed", { duration, timestamp });
    draft.run.result = result;
  },

  "execution:error"(draft, { error, code, duration, timestamp }) {
    end(draft, "failed", { duration, timestamp });
    draft.run.error = { code, message: error };
  },

  "execution:cancelled"(draft, { by, reason, duration, timestamp }) {
    end(draft, "cancelled", { duration, timestamp });
    draft.run.cancelled = { by, reason };
  },
};

function end(
  draft: Draft,
  status: "completed" | "failed" | "cancelled",
  { duration, timestamp }: { readonly duration: number; readonly timestamp: string },
): void {
  const { run } = draft;
  for (const [at, step] of stepsOf(draft).entries()) {
    if (isOpen(step)) own(draft)[at] = { ...step, status: "cancelled" };
  }
  if (run.currentPhase !== null) {
    run.phases = run.phases.map((phase): Phase => {
      return phase.id === run.currentPhase ? { ...phase, status } : phase;
    });
  }
  Object.assign(run, { status, duration, currentPhase: null, finishedAt: timestamp });
}

function isOpen({ status }: Step): boolean {
  return status === "running" || status === "waiting" || status === "approved";
}

/** A file that was written again is where it was, as it is now. */
function withFiles(all: readonly MadeFile[], made: readonly MadeFile[]): readonly MadeFile[] {
  if (made.length === 0) return all;
  const byPath = new Map([...all, ...made].map((file) => [file.path, file]));
  return [...byPath.values()];
}

/** A step, and how to put another in its place; new ones go to the end of the list. */
interface Place<S extends Step> {
  readonly step: S;
  readonly put: (step: S) => void;
}

function thoughtOf(
  draft: Draft,
  thoughtId: string,
  { iteration, kind, timestamp }: Pick<AgentEvents["thinking"], "iteration" | "kind" | "timestamp">,
): Place<ThinkingStep> {
  const at = indexOfThought(stepsOf(draft), thoughtId);
  return placeOf<ThinkingStep>(draft, at, () => ({
    kind: "thinking",
    thoughtId,
    phaseId: draft.run.currentPhase,
    iteration,
    thinking: kind,
    text: "",
    status: "running",
    startedAt: timestamp,
  }));
}

function callOf(
  draft: Draft,
  callId: string,
  { toolName, params }: Pick<AgentEvents["tool:start"], "toolName" | "params">,
): Place<ToolStep> {
  const at = indexOfCall(stepsOf(draft), callId);
  return placeOf<ToolStep>(draft, at, () => ({
    kind: "tool",
    callId,
    phaseId: draft.run.currentPhase,
    toolName,
    params,
    status: "running",
    result: null,
    error: null,
    startedAt: null,
    duration: null,
    files: [],
  }));
}

function placeOf<S extends Step>(draft: Draft, found: number, begin: () => S): Place<S> {
  const at = found < 0 ? stepsOf(draft).length : found;
  const put = (step: S) => {
    own(draft)[at] = step;
  };
  return { step: found < 0 ? begin() : (stepsOf(draft)[found] as S), put };
}

function stepsOf({ run, steps }: Draft): readonly Step[] {
  return steps ?? run.steps;
}

function own(draft: Draft): Step[] {
  if (!draft.steps) {
    draft.steps = [...draft.run.steps];
    draft.run.steps = draft.steps;
  }
  return draft.steps;
}

/** From the end, since what changes began not long ago. */
function indexOfThought(steps: readonly Step[], thoughtId: string): number {
  return steps.findLastIndex((step) => step.kind === "thinking" && step.thoughtId === thoughtId);
}

function indexOfCall(steps: readonly Step[], callId: string): number {
  return steps.findLastIndex((step) => step.kind === "tool" && step.callId === callId);
}
