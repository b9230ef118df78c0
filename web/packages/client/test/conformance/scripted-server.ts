import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import type { Exchange, Expected, Step } from "./case";

/** Answers the n-th request with the n-th exchange, and keeps what was wrong about the requests. */
export interface ScriptedServer {
  readonly url: string;
  readonly faults: readonly string[];
  /** Requests that have arrived. */
  readonly received: number;
  close(): Promise<void>;
}

/** What a script may wait for. */
export interface Scene {
  readonly chunk: number | undefined;
  /** Whether the client has observed so many entries. */
  seen(count: number): boolean;
}

export async function scriptedServer(
  exchanges: readonly Exchange[],
  scene: Scene,
): Promise<ScriptedServer> {
  const faults: string[] = [];
  let received = 0;
  let repliedAt = 0;
  const server = createServer(async (request, response) => {
    const exchange = exchanges[received++];
    if (!exchange) {
      faults.push(`request ${received} was not expected: ${request.method} ${request.url}`);
      response.destroy();
      return;
    }
    faults.push(
      ...differences(request, exchange, repliedAt).map((it) => `request ${received}: ${it}`),
    );
    await reply(exchange, response).catch(() => undefined);
    repliedAt = performance.now();
  });

  async function reply({ reply: it }: Exchange, response: ServerResponse): Promise<void> {
    response.socket?.setNoDelay(true);
    if (it.drop) {
      response.socket?.resetAndDestroy();
      return;
    }
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    const status = it.status ?? 200;
    const type = (name: string) => ({ "content-type": name, ...it.headers });
    if (it.body) {
      response.writeHead(status, type("text/event-stream; charset=utf-8"));
      response.flushHeaders();
      for (const step of it.body) await perform(step, response);
    } else if (it.problem) {
      response.writeHead(status, type("application/problem+json"));
      response.end(JSON.stringify({ status, ...it.problem }));
    } else if (it.json === undefined) {
      response.writeHead(status, it.headers).end();
    } else {
      response.writeHead(status, type("application/json")).end(JSON.stringify(it.json));
    }
  }

  async function perform(step: Step, response: ServerResponse): Promise<void> {
    if (step === "close") response.end();
    else if (step === "reset") response.socket?.resetAndDestroy();
    else if (step === "hold") await new Promise((resolve) => response.once("close", resolve));
    else if (step.pause !== undefined) await sleep(step.pause);
    else if (step.seen !== undefined) await until(() => scene.seen(step.seen ?? 0), response);
    else if (step.received !== undefined)
      await until(() => received >= (step.received ?? 0), response);
    else await writeInPieces(response, bytesOf(step), step.chunk ?? scene.chunk);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    faults,
    get received() {
      return received;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function until(condition: () => boolean, response: ServerResponse): Promise<void> {
  while (!condition() && !response.destroyed) await sleep(1);
}

async function writeInPieces(response: ServerResponse, bytes: Buffer, size = bytes.length) {
  for (let i = 0; i < bytes.length && !response.destroyed; i += size) {
    response.write(bytes.subarray(i, i + size));
    if (size < bytes.length) await turn();
  }
}

function bytesOf(step: Exclude<Step, string>): Buffer {
  if (step.frame) {
    const { event, id, data } = step.frame;
    const fields = [
      event === undefined ? "" : `event: ${event}\n`,
      id === undefined ? "" : `id: ${id}\n`,
    ];
    return Buffer.from(`${fields.join("")}data: ${JSON.stringify(data)}\n\n`);
  }
  const once =
    step.base64 === undefined ? Buffer.from(step.write ?? "") : Buffer.from(step.base64, "base64");
  return Buffer.concat(Array.from({ length: step.times ?? 1 }, () => once));
}

function differences(
  { method, url = "", headers }: IncomingMessage,
  { expect = {} }: Exchange,
  repliedAt: number,
): string[] {
  const { pathname, searchParams } = new URL(url, "http://server");
  const early = performance.now() - repliedAt < (expect.notBeforeMs ?? 0);
  return [
    ...difference("method", expect.method ?? "GET", [method ?? ""]),
    ...difference("path", expect.path ?? "/v1/stream", [decodeURIComponent(pathname)]),
    ...Object.entries(expect.query ?? {}).flatMap(([name, expected]) =>
      difference(`query ${name}`, expected, searchParams.getAll(name)),
    ),
    ...Object.entries(expect.headers ?? {}).flatMap(([name, expected]) =>
      difference(`header ${name}`, expected, [headers[name] ?? []].flat()),
    ),
    ...(early ? [`sooner than ${expect.notBeforeMs} ms`] : []),
  ];
}

function difference(name: string, expected: Expected, actual: readonly string[]): string[] {
  if (expected === null) return actual.length === 0 ? [] : [`${name} is ${actual}, not absent`];
  const all = typeof expected === "string" ? [expected] : expected;
  const same = all.length === actual.length && all.every((one, i) => matches(one, actual[i] ?? ""));
  return same ? [] : [`${name} is '${actual}', not '${all}'`];
}

function matches(expected: string, actual: string): boolean {
  const pattern = /^\/(.+)\/$/s.exec(expected)?.[1];
  return pattern === undefined ? expected === actual : new RegExp(`^(?:${pattern})$`).test(actual);
}
