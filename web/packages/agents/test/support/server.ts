import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A frame; without an id, as snapshots are. */
export type Frame = readonly [type: string, data: unknown, id?: string];

/** A request that is none for a stream. */
export interface Asked {
  readonly what: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** A stream that a client opened. */
export class Connection {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly #response: ServerResponse;

  constructor(url: URL, headers: IncomingHttpHeaders, response: ServerResponse) {
    this.url = url;
    this.headers = headers;
    this.#response = response;
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  }

  /** Writes frames in one piece. */
  send(...frames: readonly Frame[]): void {
    const text = frames.map(([type, data, id]) => {
      return `event: ${type}\n${id ? `id: ${id}\n` : ""}data: ${JSON.stringify(data)}\n\n`;
    });
    this.#response.write(text.join(""));
  }

  /** Ends the stream without a word. */
  cut(): void {
    this.#response.end();
  }

  get open(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }
}

/** A real server: streams of runs, and answers of the API by method and path. */
export class LiveServer {
  readonly connections: Connection[] = [];
  readonly asked: Asked[] = [];
  /** What a stream is told when it begins, after `stream.open`. */
  begin: (connection: Connection) => readonly Frame[] = () => [LIVE];
  /** The answers, by method and path with its query; 404 for all else. */
  readonly answers: Record<string, (asked: Asked) => unknown> = {};
  /** A status with which a request is refused. */
  refuse: (what: string, headers: IncomingHttpHeaders) => number | undefined = () => undefined;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  static async start(): Promise<LiveServer> {
    const live = new LiveServer();
    await new Promise<void>((resolve) => live.#server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      live.#server.closeAllConnections();
      live.#server.close();
    });
    return live;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get opened(): Connection[] {
    return this.connections.filter(({ open }) => open);
  }

  /** Sends to the one stream that is open. */
  send(...frames: readonly Frame[]): void {
    const [connection, ...others] = this.opened;
    if (!connection || others.length > 0) throw new Error(`${this.opened.length} streams are open`);
    connection.send(...frames);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method } = request;
    const url = new URL(request.url ?? "", "http://server");
    const what = `${method} ${url.pathname}${url.search}`;
    const refused = this.refuse(what, headers);
    if (refused !== undefined) return respond(response, refused, { code: "refused" });
    if (url.pathname.startsWith("/api/agent/stream/")) return this.#stream(url, headers, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const asked = { what, headers, body: text === "" ? undefined : JSON.parse(text) };
    this.asked.push(asked);
    const answer = this.answers[what];
    if (answer) respond(response, 200, await answer(asked));
    else respond(response, 404, { code: "not_found", detail: `Nothing at ${what}` });
  }

  #stream(url: URL, headers: IncomingHttpHeaders, response: ServerResponse): void {
    const connection = new Connection(url, headers, response);
    this.connections.push(connection);
    const resumed = headers["last-event-id"] !== undefined || url.searchParams.has("after");
    connection.send(
      ["stream.open", { resumed, position: "p0", heartbeatMs: 60_000 }],
      ...this.begin(connection),
    );
  }
}

export const LIVE: Frame = ["stream.live", { position: "p0" }, "p0"];
export const ENDED: Frame = ["stream.end", { reason: "completed" }, "p9"];

function respond(response: ServerResponse, status: number, body: unknown): void {
  if (status === 204) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(body === undefined ? "" : JSON.stringify(body));
}
