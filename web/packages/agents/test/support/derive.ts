import type {
  AgentEvent,
  AgentEvents,
  AgentEventType,
  Approval,
  Execution,
  MadeFile,
  Phase,
  Step,
} from "../../src/core";

type Outcome = "completed" | "failed" | "cancelled";

const UNUSED = { inputTokens: 0, outputTokens: 0, totalTokens: 0, cost: null, iterations: 0 };

/**
 * What PROTOCOL.md §8.9 says a run is, looked up in all its events for each member: slow, and unlike
 * the reducer without any state.
 */
export function derive(events: readonly AgentEvent[]): Execution {
  return new Derivation(events).execution();
}

class Derivation {
  readonly #events: readonly AgentEvent[];
  readonly #outcome: Outcome | undefined;

  constructor(events: readonly AgentEvent[]) {
    this.#events = events;
    if (this.#one("execution:complete")) this.#outcome = "completed";
    if (this.#one("execution:error")) this.#outcome = "failed";
    if (this.#one("execution:cancelled")) this.#outcome = "cancelled";
  }

  execution(): Execution {
    const begin = this.#one("execution:started");
    if (!begin) throw new Error("G1");
    const { timestamp: _, ...beginning } = begin;
    const approvals = this.#approvals();
    const waits = approvals.some(({ decision }) => decision === null);
    return {
      ...beginning,
      viewers: [],
      status: this.#outcome ?? (waits ? "waiting" : "running"),
      plan: this.#one("plan:created")?.plan ?? null,
      phases: this.#phases(),
      currentPhase: this.#outcome ? null : this.#phaseBefore(this.#events.length),
      steps: this.#steps(),
      approvals,
      usage: this.#all("usage:updated").at(-1)?.usage ?? UNUSED,
      files: this.#files(),
      ...this.#ending(),
      sequence: this.#events.length,
    };
  }

  #ending(): Pick<Execution, "result" | "error" | "cancelled" | "duration" | "finishedAt"> {
    const done = this.#one("execution:complete");
    const error = this.#one("execution:error");
    const cancelled = this.#one("execution:cancelled");
    const end = done ?? error ?? cancelled;
    return {
      result: done?.result ?? null,
      error: error ? { code: error.code, message: error.error } : null,
      cancelled: cancelled ? { by: cancelled.by, reason: cancelled.reason } : null,
      duration: end?.duration ?? null,
      finishedAt: end?.timestamp ?? null,
    };
  }

  #phases(): Phase[] {
    const started = this.#all("phase:start").map((it) => ({ id: it.phaseId, name: it.phaseName }));
    const named = this.#one("plan:created")?.plan.phases ?? started;
    return named.map(({ id, name }, index): Phase => {
      const start = this.#one("phase:start", ({ phaseId }) => phaseId === id);
      const done = this.#one("phase:complete", ({ phaseId }) => phaseId === id);
      const begun = start ? (this.#outcome ?? "running") : "pending";
      const startedAt = start?.timestamp ?? null;
      const status = done ? "completed" : begun;
      return { id, name, index, status, startedAt, duration: done?.duration ?? null };
    });
  }

  #approvals(): Approval[] {
    return this.#all("approval:requested").map(({ timestamp: requestedAt, open: _, ...asked }) => {
      const answer = this.#one("approval:resolved", (it) => it.approvalId === asked.approvalId);
      const { decision = null, by = null, reason = null } = answer ?? {};
      return { ...asked, requestedAt, decision, by, reason };
    });
  }

  #steps(): Step[] {
    const ids = this.#events.map(({ data }) => {
      if ("thoughtId" in data) return data.thoughtId;
      return "callId" in data ? data.callId : undefined;
    });
    return ids.flatMap((id, index): Step[] => {
      if (id === undefined || ids.indexOf(id) < index) return [];
      return [id.startsWith("t") ? this.#thought(id, index) : this.#call(id, index)];
    });
  }

  #thought(thoughtId: string, index: number): Step {
    const pieces = this.#all("thinking:delta").filter((it) => it.thoughtId === thoughtId);
    const whole = this.#one("thinking", (it) => it.thoughtId === thoughtId);
    const first = pieces[0] ?? whole;
    return {
      kind: "thinking",
      thoughtId,
      phaseId: this.#phaseBefore(index),
      iteration: first?.iteration ?? -1,
      thinking: first?.kind ?? "answer",
      text: whole?.thought ?? pieces.map(({ delta }) => delta).join(""),
      status: whole ? "completed" : this.#cut("running"),
      startedAt: first?.timestamp ?? "",
    };
  }

  #call(callId: string, index: number): Step {
    const isIt = (it: { readonly callId: string }) => it.callId === callId;
    const start = this.#one("tool:start", isIt);
    const done = this.#one("tool:complete", isIt);
    const first = this.#one("approval:requested", isIt) ?? start;
    return {
      kind: "tool",
      callId,
      phaseId: this.#phaseBefore(index),
      toolName: first?.toolName ?? "",
      params: first?.params ?? {},
      status: done?.status ?? (start ? this.#cut("running") : this.#asked(callId)),
      result: done?.result ?? null,
      error: done?.error ?? null,
      startedAt: start?.timestamp ?? null,
      duration: done?.duration ?? null,
      files: done?.files ?? [],
    };
  }

  #asked(callId: string) {
    const answer = this.#one("approval:resolved", (it) => it.callId === callId);
    if (answer?.decision === "rejected" || answer?.decision === "expired") return answer.decision;
    return this.#cut(answer?.decision ?? "waiting");
  }

  /** What is open, unless the run is over. */
  #cut<Status>(open: Status): Status | "cancelled" {
    return this.#outcome ? "cancelled" : open;
  }

  #files(): MadeFile[] {
    const made = this.#all("tool:complete").flatMap(({ files }) => files);
    const paths = [...new Set(made.map(({ path }) => path))];
    return paths.flatMap((path) => made.filter((file) => file.path === path).slice(-1));
  }

  /** The phase that was open before an event. */
  #phaseBefore(index: number): string | null {
    const last = this.#events
      .slice(0, index)
      .findLast(({ type }) => type === "phase:start" || type === "phase:complete");
    return last?.type === "phase:start" ? last.data.phaseId : null;
  }

  #all<Type extends AgentEventType>(type: Type): AgentEvents[Type][] {
    const those = this.#events.filter((event) => event.type === type);
    return those.map(({ data }) => data as AgentEvents[Type]);
  }

  #one<Type extends AgentEventType>(
    type: Type,
    isIt: (data: AgentEvents[Type]) => boolean = () => true,
  ): AgentEvents[Type] | undefined {
    return this.#all(type).find(isIt);
  }
}
