const longestRetryMs = 30_000;

/** What `HttpAgent` of AG-UI calls. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ResumingFetchOptions {
  /** Makes the requests; the global one where it is left out. */
  readonly fetch?: Fetch | undefined;
  /** Before it comes back, until the server says otherwise; twice as long each time, at random. */
  readonly retryMs?: number | undefined;
}

/**
 * A `fetch` for AG-UI's `HttpAgent`, which goes on where a stream was cut: AG-UI itself begins
 * anew. Nothing is there twice and nothing is missing, whatever the network does; only an answer
 * that says no ends it.
 */
export function resumingFetch(options: ResumingFetchOptions = {}): Fetch {
  const { fetch: request = (url, init) => fetch(url, init), retryMs = 1000 } = options;
  return async (url, init) => {
    const first = await request(url, init);
    if (!first.ok || first.body === null) return first;
    const connect = (position: string) => request(url, after(init, position));
    const run = new Run(connect, init.signal ?? null, retryMs);
    const { status, headers } = first;
    return new Response(run.read(first.body), { status, headers });
  };
}

function after(init: RequestInit, position: string): RequestInit {
  const headers = new Headers(init.headers);
  if (position !== "") headers.set("Last-Event-ID", position);
  return { ...init, headers };
}

/** One run's stream, over as many connections as it takes. */
class Run {
  #position = "";
  #over = false;
  #retryMs: number;
  readonly #connect: (position: string) => Promise<Response>;
  readonly #signal: AbortSignal | null;

  constructor(
    connect: (position: string) => Promise<Response>,
    signal: AbortSignal | null,
    retryMs: number,
  ) {
    this.#connect = connect;
    this.#signal = signal;
    this.#retryMs = retryMs;
  }

  read(first: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const pieces = this.#pieces(first);
    const bytes = new TextEncoder();
    return new ReadableStream({
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (done) controller.close();
          else controller.enqueue(bytes.encode(value));
        } catch (error) {
          controller.error(error);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    });
  }

  /** Whole events, each once. */
  async *#pieces(first: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
    let body: ReadableStream<Uint8Array> | null = first;
    while (body !== null) {
      yield* this.#kept(body);
      body = this.#over ? null : await this.#again();
    }
  }

  /**
   * What a connection gave up to the newest position. What came after it is given again by the next
   * one, so it is kept back; the end of a run is its last.
   */
  async *#kept(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
    let kept = "";
    for await (const block of blocks(body)) {
      kept += `${block}\n\n`;
      this.#notice(block);
      if (!this.#over && !/^id:/m.test(block)) continue;
      yield kept;
      kept = "";
      if (this.#over) return;
    }
  }

  #notice(block: string): void {
    const id = /^id: ?(.*)$/m.exec(block)?.[1];
    if (id !== undefined) this.#position = id;
    const retry = /^retry: ?(\d+)$/m.exec(block)?.[1];
    if (retry !== undefined) this.#retryMs = Number(retry);
    this.#over = endsRun(block);
  }

  /** The next connection's stream; null where the server has nothing more. */
  async #again(): Promise<ReadableStream<Uint8Array> | null> {
    for (let attempt = 0; ; attempt++) {
      await this.#wait(Math.min(longestRetryMs, this.#retryMs * 2 ** attempt));
      const answer = await this.#connect(this.#position).catch(unlessAborted(this.#signal));
      if (answer === null) continue;
      if (answer.status === 204) return null;
      if (answer.ok) return answer.body;
      if (answer.status < 500 && answer.status !== 408 && answer.status !== 429)
        throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
    }
  }

  /** Somewhere in the time, so that those who were cut off together come back one by one. */
  async #wait(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * ms));
    this.#signal?.throwIfAborted();
  }
}

function unlessAborted(signal: AbortSignal | null): (error: unknown) => null {
  return (error) => {
    if (signal?.aborted) throw error;
    return null;
  };
}

/** The messages of a stream, without the empty line behind each; a torn one is left out. */
async function* blocks(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const text = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(cutOff);
      if (done) return;
      const parts = (rest + text.decode(value, { stream: true })).split("\n\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
  } finally {
    await reader.cancel().catch(cutOff);
  }
}

function cutOff(): { done: true; value: undefined } {
  return { done: true, value: undefined };
}

/** Whether a message is the last of a run. That a position was of no use is not. */
function endsRun(block: string): boolean {
  const data = /^data: ?(.*)$/m.exec(block)?.[1];
  if (data === undefined) return false;
  const { type, code } = JSON.parse(data) as { readonly type?: string; readonly code?: string };
  return type === "RUN_FINISHED" || (type === "RUN_ERROR" && code !== "reset");
}
