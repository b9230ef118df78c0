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
  readonly run: Writable<Execution>;
  steps: Step[] | undefined;
  /** Where the steps are that an event may still change, by kind and id. */
  open: Map<string, number> | undefined;
}

/** So that who goes on from a list need not look for what is open in it. */
const openIn = new WeakMap<readonly Step[], ReadonlyMap<string, number>>();

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
      draft ??= { run: { ...before }, steps: undefined, open: undefined };
      draft.run.sequence++;
      (APPLY[type] as (draft: Draft, data: AgentStreamEvents[typeof type]) => void)(draft, data);
    }
  }
  return draft ? finished(draft) : before;
}

function finished({ run, open }: Draft): Execution {
  if (open) openIn.set(run.steps, open);
  return run;
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
    const call = callOf(draft, callId, { toolName: "", params: {} });
    call.put({ ...call.step, status: decision });
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
  for (const at of openOf(draft).values()) {
    const step = run.steps[at];
    if (step) own(draft)[at] = { ...step, status: "cancelled" };
  }
  openOf(draft).clear();
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
  return placeOf<ThinkingStep>(draft, `thinking ${thoughtId}`, () => ({
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
  return placeOf<ToolStep>(draft, `tool ${callId}`, () => ({
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

function placeOf<S extends Step>(draft: Draft, key: string, begin: () => S): Place<S> {
  const open = openOf(draft);
  const found = open.get(key);
  const at = found ?? draft.run.steps.length;
  const put = (step: S) => {
    own(draft)[at] = step;
    if (isOpen(step)) open.set(key, at);
    else open.delete(key);
  };
  return { step: found === undefined ? begin() : (draft.run.steps[at] as S), put };
}

function own(draft: Draft): Step[] {
  if (!draft.steps) {
    draft.steps = draft.run.steps.slice();
    draft.run.steps = draft.steps;
  }
  return draft.steps;
}

function openOf(draft: Draft): Map<string, number> {
  const { steps } = draft.run;
  draft.open ??= new Map(openIn.get(steps) ?? openSteps(steps));
  return draft.open;
}

function* openSteps(steps: readonly Step[]): Iterable<readonly [string, number]> {
  for (const [at, step] of steps.entries()) {
    if (isOpen(step)) yield [keyOf(step), at];
  }
}

function keyOf(step: Step): string {
  return step.kind === "thinking" ? `thinking ${step.thoughtId}` : `tool ${step.callId}`;
}
