import fc from "fast-check";
import type { AgentEvent, Decision, Open, PlannedPhase, ThoughtKind } from "../../src/core";
import { event, started } from "./runs";

/** What is open in a run that is being written, as G1–G7 have it. */
class Writer {
  readonly events: AgentEvent[] = [started()];
  readonly #choices: Iterator<number>;
  readonly #plan: readonly PlannedPhase[] | undefined;
  #phase: { readonly id: string; readonly name: string; readonly index: number } | undefined;
  #phases = 0;
  #thought: { readonly id: string; readonly kind: ThoughtKind; text: string } | undefined;
  #iteration = 1;
  #ids = 0;
  readonly #approvals = new Map<string, string>();
  readonly #approved = new Set<string>();
  readonly #running = new Set<string>();
  #tokens = 0;
  #cost = 0;
  #ms = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices[Symbol.iterator]();
    this.#plan = this.#flip()
      ? ["Look", "Think", "Write"].map((name, index) => ({ id: `p${index}`, name }))
      : undefined;
    if (this.#plan) this.#write("plan:created", { plan: { goal: "Do it", phases: this.#plan } });
  }

  /** Writes one event of those that may come now. */
  step(): void {
    const may: (() => void)[] = [() => this.#spend(), () => this.#call()];
    const isQuiet = !this.#thought && this.#callsOpen() === 0;
    if (!this.#phase && isQuiet && this.#phases < (this.#plan?.length ?? 4))
      may.push(() => this.#begin());
    if (this.#phase && isQuiet) may.push(() => this.#complete());
    if (!this.#thought)
      may.push(
        () => this.#think(),
        () => this.#stream(),
      );
    else
      may.push(
        () => this.#piece(),
        () => this.#piece(),
        () => this.#close(),
      );
    if (this.#callsOpen() < 4) may.push(() => this.#ask());
    for (const approval of this.#approvals.keys()) may.push(() => this.#resolve(approval));
    for (const call of this.#approved) may.push(() => this.#start(call));
    for (const call of this.#running) may.push(() => this.#finish(call));
    this.#pick(may)();
  }

  /** Ends the run in a way that is open to it. */
  end(): void {
    const duration = this.#ms;
    const nothingOpen = !this.#thought && !this.#phase && this.#callsOpen() === 0;
    if (nothingOpen && this.#flip()) {
      const tokensUsed = this.#tokens;
      this.#write("execution:complete", { result: "done", duration, tokensUsed });
      return;
    }
    const open = this.#open();
    if (this.#flip()) {
      this.#write("execution:error", { error: "It broke.", code: "model_failed", duration, open });
    } else this.#write("execution:cancelled", { by: "ann", reason: null, duration, open });
  }

  #open(): Open {
    return {
      phaseId: this.#phase?.id ?? null,
      phaseName: this.#phase?.name ?? null,
      thoughtId: this.#thought?.id ?? null,
      thoughtKind: this.#thought?.kind ?? null,
      callIds: [...this.#approvals.values(), ...this.#approved, ...this.#running],
      approvalIds: [...this.#approvals.keys()],
    };
  }

  #begin(): void {
    const index = this.#phases++;
    this.#phase = { id: `p${index}`, name: this.#plan?.[index]?.name ?? `Phase ${index}`, index };
    this.#write("phase:start", this.#named());
  }

  #complete(): void {
    this.#write("phase:complete", { ...this.#named(), duration: this.#pick([1, 20]) });
    this.#phase = undefined;
  }

  #named() {
    const { id = "", name = "", index = 0 } = this.#phase ?? {};
    return { phaseId: id, phaseName: name, phaseIndex: index };
  }

  #think(): void {
    this.#iteration += this.#pick([0, 1]);
    this.#write("thinking", {
      thoughtId: this.#id("t"),
      iteration: this.#iteration,
      kind: "answer",
      thought: "At once.",
      streamed: false,
    });
  }

  #stream(): void {
    this.#iteration += this.#pick([0, 1]);
    this.#thought = { id: this.#id("t"), kind: this.#pick(["reasoning", "answer"]), text: "" };
    this.#piece();
  }

  #piece(): void {
    const thought = this.#thought;
    if (!thought) return;
    const delta = this.#pick(["a", "…and ", "\n", "😀", "x".repeat(40)]);
    this.#write("thinking:delta", {
      thoughtId: thought.id,
      iteration: this.#iteration,
      kind: thought.kind,
      at: thought.text.length,
      delta,
    });
    thought.text += delta;
  }

  #close(): void {
    const { id = "", kind = "answer", text = "" } = this.#thought ?? {};
    this.#thought = undefined;
    this.#write("thinking", {
      thoughtId: id,
      iteration: this.#iteration,
      kind,
      thought: text,
      streamed: true,
    });
  }

  #ask(): void {
    const approvalId = this.#id("a");
    const callId = this.#id("c");
    const open = this.#open();
    this.#approvals.set(approvalId, callId);
    const expiresAt = this.#pick([null, "2026-01-05T10:10:00.000Z"]);
    const params = { path: "x.html" };
    this.#write("approval:requested", {
      ...{ approvalId, callId, toolName: "create_file", params, expiresAt, open },
    });
  }

  #resolve(approvalId: string): void {
    const callId = this.#approvals.get(approvalId) ?? "";
    this.#approvals.delete(approvalId);
    const decision = this.#pick<Decision>(["approved", "rejected", "expired"]);
    if (decision === "approved") this.#approved.add(callId);
    const by = decision === "expired" ? null : "ann";
    this.#write("approval:resolved", { approvalId, callId, decision, by, reason: null });
  }

  #call(): void {
    const callId = this.#id("c");
    if (this.#callsOpen() < 4) this.#start(callId);
    else this.#spend();
  }

  #start(callId: string): void {
    this.#approved.delete(callId);
    this.#running.add(callId);
    this.#write("tool:start", { callId, toolName: "create_file", params: { path: "x.html" } });
  }

  #finish(callId: string): void {
    this.#running.delete(callId);
    const failed = this.#flip();
    const path = this.#pick(["x.html", "y.csv"]);
    this.#write("tool:complete", {
      callId,
      toolName: "create_file",
      status: failed ? "failed" : "succeeded",
      result: failed ? null : { bytes: this.#ids },
      error: failed ? "No room." : null,
      duration: 3,
      files: failed ? [] : [{ path, bytes: this.#ids }],
    });
  }

  #spend(): void {
    this.#tokens += this.#pick([0, 10, 100]);
    this.#cost += this.#pick([0, 1]) / 4;
    this.#write("usage:updated", {
      usage: {
        inputTokens: this.#tokens,
        outputTokens: 0,
        totalTokens: this.#tokens,
        cost: this.#cost,
        iterations: this.#iteration,
      },
    });
  }

  #write(type: AgentEvent["type"], data: object): void {
    this.#ms += this.#pick([0, 1, 250]);
    this.events.push(event(type, data as never, this.#ms));
  }

  #callsOpen(): number {
    return this.#approvals.size + this.#approved.size + this.#running.size;
  }

  #id(prefix: string): string {
    return `${prefix}${++this.#ids}`;
  }

  #flip(): boolean {
    return this.#pick([false, true]);
  }

  #pick<T>(options: readonly T[]): T {
    const { value = 0 } = this.#choices.next();
    return options[value % options.length] as T;
  }
}

/** Any run that the grammar of PROTOCOL.md §8.9 allows, ended or not. */
export const anyRun: fc.Arbitrary<readonly AgentEvent[]> = fc
  .tuple(fc.array(fc.nat(1_000_000), { maxLength: 500, size: "max" }), fc.nat(100), fc.boolean())
  .map(([choices, steps, ends]) => {
    const writer = new Writer(choices);
    for (let i = 0; i < steps; i++) writer.step();
    if (ends) writer.end();
    return writer.events;
  });

/** A run, and a place in it. */
export const anyPrefix = anyRun.chain((events) =>
  fc.tuple(fc.constant(events), fc.nat(events.length)),
);
