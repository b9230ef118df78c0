import type { AgentEvents, AgentEventType } from "@freshet/agents";
import type { Freshet } from "./Freshet";

/** What an event of a run holds, but for what the server adds. */
type Told<Type extends AgentEventType> = Omit<AgentEvents[Type], "timestamp" | "open">;

interface NewEvent {
  readonly type: AgentEventType;
  readonly data: unknown;
}

export function event<Type extends AgentEventType>(type: Type, data: Told<Type>): NewEvent {
  return { type, data };
}

/** A call that came to something. */
export function call(
  callId: string,
  { params = {}, ...rest }: Partial<Told<"tool:start"> & Told<"tool:complete">> = {},
): readonly NewEvent[] {
  const toolName = rest.toolName ?? "look";
  const done: Told<"tool:complete"> = {
    ...{ status: "succeeded", result: { ok: true }, error: null, duration: 3, files: [] },
    ...rest,
    callId,
    toolName,
  };
  return [event("tool:start", { callId, toolName, params }), event("tool:complete", done)];
}

export function thought(
  thoughtId: string,
  text: string,
  kind: "reasoning" | "answer" = "reasoning",
): NewEvent {
  return event("thinking", { thoughtId, iteration: 1, kind, thought: text, streamed: false });
}

/** An agent elsewhere, which reports what it does. */
export class ReportedRun {
  readonly id: string;
  readonly #freshet: Freshet;
  readonly #token: string;
  #sequence = 1;

  private constructor(freshet: Freshet, token: string, id: string) {
    this.#freshet = freshet;
    this.#token = token;
    this.id = id;
  }

  static async begin(freshet: Freshet, token: string, task: string, more = {}) {
    const run = await freshet.send(token, "POST", "/api/agent/executions", { task, ...more });
    return new ReportedRun(freshet, token, (run as { executionId: string }).executionId);
  }

  async report(...events: readonly NewEvent[]): Promise<void> {
    const body = { after: this.#sequence, events };
    const path = `/api/agent/executions/${this.id}/events`;
    const answer = await this.#freshet.send(this.#token, "POST", path, body);
    this.#sequence = (answer as { sequence: number }).sequence;
  }

  /** Learns of what others did to it. */
  async catchUp(): Promise<void> {
    const run = await this.#freshet.send(this.#token, "GET", `/api/agent/executions/${this.id}`);
    this.#sequence = (run as { sequence: number }).sequence;
  }

  async complete(result: string | null = "Done"): Promise<void> {
    await this.report(event("execution:complete", { result, duration: 4_000, tokensUsed: 7 }));
  }
}
