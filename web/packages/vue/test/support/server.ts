import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A connection to the test's server. */
interface Connection {
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  /** Writes frames: `[type, data]` or `[type, data, id]`. */
  send(...frames: readonly (readonly [type: string, data: unknown, id?: string])[]): void;
  /** Ends the stream without a word. */
  cut(): void;
  readonly open: boolean;
}

/** A real server that opens every stream and keeps what connects. */
export interface LiveServer {
  readonly url: string;
  readonly connections: readonly Connection[];
  readonly opened: readonly Connection[];
  /** Answers the next requests with a status instead. */
  refuse: number | undefined;
}

/** `values`: the states that a stream which begins anew is told, at version 1. */
export async function liveServer(
  values: Readonly<Record<string, unknown>> = {},
): Promise<LiveServer> {
  const connections: Connection[] = [];
  const live: LiveServer = {
    url: "",
    connections,
    get opened() {
      return connections.filter(({ open }) => open);
    },
    refuse: undefined,
  };
  const server = createServer((request, response) => {
    if (live.refuse !== undefined) {
      response.writeHead(live.refuse).end();
      return;
    }
    const resumed = request.headers["last-event-id"] !== undefined;
    const connection = connect(request, response);
    connections.push(connection);
    connection.send(["stream.open", { resumed, position: "p0", heartbeatMs: 60_000 }]);
    if (!resumed) {
      for (const [topic, value] of Object.entries(values))
        connection.send(initial(topic, value, 1));
    }
    connection.send(["stream.live", { position: "p0" }, "p0"]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(live, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function connect(request: IncomingMessage, response: ServerResponse): Connection {
  response.shouldKeepAlive = false;
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  return {
    url: new URL(request.url ?? "", "http://server"),
    headers: request.headers,
    send(...frames) {
      const text = frames.map(([type, data, id]) => {
        return `event: ${type}\n${id ? `id: ${id}\n` : ""}data: ${JSON.stringify(data)}\n\n`;
      });
      response.write(text.join(""));
    },
    cut: () => void response.end(),
    get open() {
      return !response.destroyed && !response.writableEnded;
    },
  };
}

const timestamp = "2026-01-05T10:00:00.000Z";

function initial(topic: string, value: unknown, version: number) {
  return ["state.initial", { topic, value, version, timestamp }] as const;
}

export function update(id: string, topic: string, version: number, patches: readonly unknown[]) {
  const data = { topic, version, base: version - 1, patches, timestamp };
  return ["state.update", data, id] as const;
}

export function event(id: string, type: string, data: unknown) {
  return [type, { topic: "a/b", time: timestamp, data }, id] as const;
}
