import type { Freshet } from "./Freshet";

/** A line as an agent reports it. */
export interface Line {
  readonly level?: string;
  readonly logger_name?: string;
  readonly message: string;
}

/** Behaves as an agent beside a microscope: over HTTP, with a token of its own. */
export class Agent {
  readonly id: string;
  readonly session: string;
  readonly #freshet: Freshet;
  readonly #token: string;
  #stream: AbortController | null = null;

  private constructor(freshet: Freshet, token: string, id: string, session: string) {
    this.#freshet = freshet;
    this.#token = token;
    this.id = id;
    this.session = session;
  }

  /** @param more of the session: `name`, `acquisition_uuid`, `instrument_id` */
  static async start(
    freshet: Freshet,
    token: string,
    id: string,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Agent> {
    const body = { agent_id: id, instrument_id: "m12", ...more };
    const made = await freshet.send(token, "POST", "/debug/sessions/create-managed", body);
    const { session_id: session } = made as { session_id: string };
    return new Agent(freshet, token, id, session);
  }

  /** In batches that the server takes; ends when all are stored. */
  async log(lines: readonly Line[], batch = 500): Promise<void> {
    for (let from = 0; from < lines.length; from += batch) {
      const logs = lines.slice(from, from + batch).map((line) => ({
        timestamp: new Date().toISOString(),
        level: "INFO",
        logger_name: "smartem_agent",
        ...line,
      }));
      await this.#report("logs", { logs });
    }
  }

  async heartbeat(): Promise<void> {
    await this.#report("heartbeat");
  }

  async acknowledge(instruction: string, status: string, more: object = {}): Promise<void> {
    await this.#report(`instructions/${instruction}/ack`, { status, ...more });
  }

  async close(): Promise<void> {
    await this.#freshet.send(this.#token, "DELETE", `/debug/sessions/${this.session}/close`);
  }

  /** Opens its stream, and answers the instructions that arrive, as they arrive. */
  async *instructions(): AsyncGenerator<{ instruction_id: string; instruction_type: string }> {
    const cut = new AbortController();
    this.#stream = cut;
    const answer = await fetch(this.#url("instructions/stream"), {
      headers: { authorization: `Bearer ${this.#token}`, accept: "text/event-stream" },
      signal: cut.signal,
    });
    if (!answer.ok || answer.body === null) throw new Error(`refused: ${answer.status}`);
    let text = "";
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const data = /^data: ?(.*)$/m.exec(frame)?.[1];
        if (/^event: ?instruction$/m.test(frame) && data) yield JSON.parse(data);
      }
    }
  }

  /** Lets go of its stream. */
  leave(): void {
    this.#stream?.abort();
  }

  async #report(path: string, body?: unknown): Promise<void> {
    const { pathname } = new URL(this.#url(path));
    await this.#freshet.send(this.#token, "POST", pathname, body);
  }

  #url(path: string): string {
    return `${this.#freshet.url}/agent/${this.id}/session/${this.session}/${path}`;
  }
}
