import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import {
  type Frame,
  json,
  live,
  opened,
  type Received,
  serve,
  sse,
} from "../../../client/test/support/server";

/** A request that is none for a stream. */
interface Asked {
  readonly what: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** A stream that a client opened. */
interface Connection {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Writes frames in one piece. */
  send(...frames: readonly Frame[]): void;
  /** Ends the stream without a word. */
  cut(): void;
  readonly open: boolean;
}

/** A real server: streams of runs, and answers of the API by method and path. */
export class LiveServer {
  url = "";
  readonly connections: Connection[] = [];
  readonly asked: Asked[] = [];
  /** What a stream is told when it begins, after `stream.open`. */
  begin: (connection: Connection) => readonly Frame[] = () => [LIVE];
  /** The answers, by method and path with its query; 404 for all else. */
  readonly answers: Record<string, (asked: Asked) => unknown> = {};
  /** A status with which a request is refused. */
  refuse: (what: string, headers: IncomingHttpHeaders) => number | undefined = () => undefined;

  static async start(): Promise<LiveServer> {
    const server = new LiveServer();
    server.url = await serve((request, response) => server.#answer(request, response));
    return server;
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

  async #answer(request: Received, response: ServerResponse): Promise<void> {
    const { method, url, headers, body } = request;
    const what = `${method} ${url.pathname}${url.search}`;
    const refused = this.refuse(what, headers);
    if (refused !== undefined) return void response.writeHead(refused).end();
    if (url.pathname.startsWith("/api/agent/stream/")) return this.#stream(request, response);
    const asked = { what, headers, body: body === "" ? undefined : JSON.parse(body) };
    this.asked.push(asked);
    const answer = this.answers[what];
    if (answer) json(response, 200, await answer(asked));
    else json(response, 404, { code: "not_found", detail: `Nothing at ${what}` });
  }

  #stream({ url, headers }: Received, response: ServerResponse): void {
    const { send, end } = sse(response);
    const connection = {
      url,
      headers,
      send,
      cut: end,
      get open() {
        return !response.destroyed && !response.writableEnded;
      },
    };
    this.connections.push(connection);
    const resumed = headers["last-event-id"] !== undefined || url.searchParams.has("after");
    send(opened(resumed), ...this.begin(connection));
  }
}

export const LIVE: Frame = live();
export const ENDED: Frame = ["stream.end", { reason: "completed" }, "p9"];
