import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What a request was, once its body is in. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Handler = (request: Received, response: ServerResponse) => void | Promise<void>;

/**
 * A real server on a port of its own until the test is over; answers its URL. Concurrent tests must
 * bring the `onFinished` of their own context.
 */
export async function serve(handler: Handler, onFinished = onTestFinished): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", headers, url = "" } = request;
    const body = Buffer.concat(chunks).toString();
    await handler({ method, url: new URL(url, "http://server"), headers, body }, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** An open event stream, delimited by close. */
export interface SseWriter {
  /** Writes frames as one chunk. */
  send(...frames: readonly Frame[]): void;
  /** Writes the first bytes of frames; answers what is left of the budget. */
  sendPartly(budget: number, ...frames: readonly Frame[]): number;
  end(): void;
  /** Whether the client has gone. */
  readonly gone: Promise<void>;
}

export type Frame = readonly [type: string, data: unknown, id?: string];

export function sse(response: ServerResponse): SseWriter {
  response.shouldKeepAlive = false;
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  response.flushHeaders();
  return {
    send: (...frames) => void response.write(frames.map(encode).join("")),
    sendPartly(budget, ...frames) {
      const bytes = Buffer.from(frames.map(encode).join(""));
      if (bytes.length > 0) response.write(bytes.subarray(0, Math.min(bytes.length, budget)));
      return budget - bytes.length;
    },
    end: () => void response.end(),
    gone: new Promise((resolve) => response.once("close", resolve)),
  };
}

function encode([type, data, id]: Frame): string {
  return `event: ${type}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

export const opened = (resumed = false): Frame => [
  "stream.open",
  { resumed, position: "p0", heartbeatMs: 60_000 },
];
export const live = (id = "p0"): Frame => ["stream.live", { position: id }, id];
export const event = (id: string, data: unknown, topic = "a/b", type = "x"): Frame => [
  type,
  { topic, time: "2026-01-05T10:00:00.000Z", data },
  id,
];
export const initial = (topic: string, value: unknown, version = 1): Frame => [
  "state.initial",
  { topic, value, version, timestamp: "2026-01-05T10:00:00.000Z" },
];
export const update = (
  id: string,
  topic: string,
  version: number,
  change: { readonly value: unknown } | { readonly patches: readonly unknown[] },
): Frame => [
  "state.update",
  { topic, version, base: version - 1, ...change, timestamp: "2026-01-05T10:00:00.000Z" },
  id,
];
