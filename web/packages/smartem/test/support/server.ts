import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A frame; without an id, as snapshots and backlogs are. */
export type Frame = readonly [type: string, data: unknown, id?: string];

/** A request that is none for the stream. */
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

/** A real server: the frontend's stream, and answers of the API by method and path. */
export class LiveServer {
  readonly connections: Connection[] = [];
  readonly asked: Asked[] = [];
  /** What streams that begin anew are told before `stream.live`. */
  begin: readonly Frame[] = [];
  /** The answers, by method and path with its query; 404 for all else. */
  readonly answers: Record<string, (asked: Asked) => unknown> = {};
  /** A status with which a request is refused. */
  refuse: (headers: IncomingHttpHeaders) => number | undefined = () => undefined;
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

  /** How often a method and path was asked for. */
  count(what: string): number {
    return this.asked.filter((asked) => asked.what === what).length;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method } = request;
    const url = new URL(request.url ?? "", "http://server");
    const refused = this.refuse(headers);
    if (refused !== undefined) return respond(response, refused, { detail: "refused" });
    if (url.pathname === "/frontend/events/stream") return this.#stream(url, headers, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const what = `${method} ${url.pathname}${url.search}`;
    const asked = { what, headers, body: text === "" ? undefined : JSON.parse(text) };
    this.asked.push(asked);
    const answer = this.answers[what];
    if (answer) respond(response, 200, await answer(asked));
    else respond(response, 404, { detail: `Nothing at ${what}` });
  }

  #stream(url: URL, headers: IncomingHttpHeaders, response: ServerResponse): void {
    const connection = new Connection(url, headers, response);
    this.connections.push(connection);
    const resumed = headers["last-event-id"] !== undefined;
    connection.send(
      ["stream.open", { resumed, position: "p0", heartbeatMs: 60_000 }],
      ...(resumed ? [] : this.begin),
      ["stream.live", { position: "p0" }, "p0"],
    );
  }
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
