import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type Frame,
  initial,
  live,
  opened,
  update as put,
  event as sent,
  serve,
  sse,
} from "./server";

/** A connection to the test's server. */
interface Connection {
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  /** Writes frames. */
  send(...frames: readonly Frame[]): void;
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
  const server: LiveServer = {
    url: "",
    connections,
    get opened() {
      return connections.filter(({ open }) => open);
    },
    refuse: undefined,
  };
  const url = await serve(({ url, headers }, response) => {
    if (server.refuse !== undefined) {
      response.writeHead(server.refuse).end();
      return;
    }
    const resumed = headers["last-event-id"] !== undefined;
    const { send, end } = sse(response);
    connections.push({
      url,
      headers,
      send,
      cut: end,
      get open() {
        return isOpen(response);
      },
    });
    const states = resumed ? [] : Object.entries(values);
    send(opened(resumed), ...states.map(([topic, value]) => initial(topic, value)), live());
  });
  return Object.assign(server, { url });
}

export const update = (
  id: string,
  topic: string,
  version: number,
  patches: readonly unknown[],
): Frame => put(id, topic, version, { patches });

export const event = (id: string, type: string, data: unknown): Frame =>
  sent(id, data, "a/b", type);

/** A stream as §8.5 has it: a comment, then documents without a name. */
export interface Documents {
  send(document: unknown): void;
  frame(...frame: Frame): void;
  cut(): void;
  readonly open: boolean;
}

export function documents(response: ServerResponse, ...values: readonly unknown[]): Documents {
  const { send, end } = sse(response);
  response.write(": open\n\n");
  const document = (value: unknown) => response.write(`data: ${JSON.stringify(value)}\n\n`);
  for (const value of values) document(value);
  return {
    send: document,
    frame: (...frame) => send(frame),
    cut: end,
    get open() {
      return isOpen(response);
    },
  };
}

function isOpen({ destroyed, writableEnded }: ServerResponse): boolean {
  return !destroyed && !writableEnded;
}
