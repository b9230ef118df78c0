import type { Server } from "@freshet/client";
import { createExecution, type Execution, type NewAgentEvent, reportEvents } from "../../src/core";

/** An agent elsewhere: reports what it does, and knows how far it has. */
export class Reporter {
  readonly executionId: string;
  readonly #server: Server;
  #after: number;

  private constructor(server: Server, { executionId, sequence }: Execution) {
    this.#server = server;
    this.executionId = executionId;
    this.#after = sequence;
  }

  static async begin(server: Server, task: string): Promise<Reporter> {
    return new Reporter(server, await createExecution(server, { task }));
  }

  async report(...events: readonly NewAgentEvent[]): Promise<void> {
    const body = { after: this.#after, events };
    this.#after = (await reportEvents(this.#server, this.executionId, body)).sequence;
  }

  /** Thinks a text, a piece an event. */
  async think(thoughtId: string, ...pieces: readonly string[]): Promise<void> {
    let at = 0;
    for (const piece of pieces) {
      await this.report(delta(thoughtId, at, piece));
      at += piece.length;
    }
  }

  async complete(result: string): Promise<void> {
    await this.report({
      type: "execution:complete",
      data: { result, duration: 5, tokensUsed: 0 },
    });
  }
}

export const delta = (thoughtId: string, at: number, piece: string): NewAgentEvent => ({
  type: "thinking:delta",
  data: { thoughtId, iteration: 1, kind: "reasoning", at, delta: piece },
});

export const thought = (thoughtId: string, text: string): NewAgentEvent => ({
  type: "thinking",
  data: { thoughtId, iteration: 1, kind: "reasoning", thought: text, streamed: true },
});
