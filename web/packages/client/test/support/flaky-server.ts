import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestContext } from "vitest";
import type { Json } from "../../src";
import { type Frame, json, type Received, serve, sse } from "./server";

/** Numbers from 0 to below `n`, the same for the same seed. */
function die(seed: number): (n: number) => number {
  let state = seed * 2_654_435_761;
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % n;
  };
}

/** A server that keeps its promises over connections that do not. */
export interface FlakyServer {
  readonly url: string;
  /** Appends an event, or a change of a state; how big and which is up to the die. */
  append(): void;
  /** Every value that a topic has had, by version. */
  readonly history: Readonly<Record<string, readonly Json[]>>;
  readonly events: readonly number[];
  /** No more faults from now on. */
  heal(): void;
}

const TOPICS = ["s/0", "s/1", "s/2"];

export async function flakyServer(
  seed: number,
  onFinished: TestContext["onTestFinished"],
): Promise<FlakyServer> {
  const roll = die(seed);
  const log: Frame[] = [];
  const history: Record<string, Json[]> = Object.fromEntries(TOPICS.map((it) => [it, [0, {}]]));
  const events: number[] = [];
  let healthy = false;

  const url = await serve(async (request, response) => {
    if (!healthy && roll(4) === 0) return refuse(response, roll(3));
    const topic = /^\/v1\/state\/(.+)$/.exec(request.url.pathname)?.[1];
    if (topic !== undefined) return answerState(response, topic);
    if (request.headers.accept === "application/json") return answerPage(request, response);
    return answerStream(request, response);
  }, onFinished);

  function answerState(response: ServerResponse, topic: string): void {
    const versions = history[topic] ?? [];
    json(response, 200, versions.at(-1), { etag: `"${versions.length - 1}"` });
  }

  function answerPage({ url }: Received, response: ServerResponse): void {
    const after = url.searchParams.get("after");
    const frames = after === null ? snapshots() : log.slice(Number(after), Number(after) + 3);
    const position = after === null ? log.length : Number(after) + frames.length;
    const entries = frames.map(([type, data, id]) => ({ type, data, id }));
    json(response, 200, {
      events: entries,
      position: String(position),
      more: position < log.length,
    });
  }

  async function answerStream({ headers }: Received, response: ServerResponse): Promise<void> {
    const writer = sse(response);
    const last = headers["last-event-id"];
    let next = last === undefined ? log.length : Number(last);
    let budget = healthy ? Number.POSITIVE_INFINITY : roll(3000);
    const position = String(next);
    const head: Frame[] = [
      ["stream.open", { resumed: last !== undefined, position, heartbeatMs: 1000 }],
      ...(last === undefined ? snapshots() : []),
      ["stream.live", { position }, position],
    ];
    const write = (frames: readonly Frame[]) => {
      budget = writer.sendPartly(budget, ...frames.map(spoil));
    };
    write(last === undefined ? head : [...head.slice(0, -1)]);
    while (!response.destroyed && budget > 0) {
      write(log.slice(next));
      next = log.length;
      await sleep(1);
    }
    if (roll(2) === 0) response.socket?.resetAndDestroy();
    else writer.end();
  }

  function snapshots(): Frame[] {
    return TOPICS.map((topic) => {
      const versions = history[topic] ?? [];
      const version = versions.length - 1;
      return ["state.initial", { topic, value: versions[version], version, timestamp: "t" }];
    });
  }

  /** Now and then a patch that does not fit, so that the client must ask. */
  function spoil(frame: Frame): Frame {
    const [type, data, id] = frame;
    if (healthy || type !== "state.update" || roll(5) > 0) return frame;
    const { value: _, ...rest } = data as Record<string, unknown>;
    const unfit = { ...rest, patches: [{ op: "remove", path: "/no/such/member" }] };
    return id === undefined ? [type, unfit] : [type, unfit, id];
  }

  function append(): void {
    const id = String(log.length + 1);
    if (roll(2) === 0) {
      events.push(events.length);
      const data = {
        topic: "e",
        time: "t",
        data: { n: events.length - 1, fill: "x".repeat(roll(200)) },
      };
      log.push(["x", data, id]);
      return;
    }
    const topic = TOPICS[roll(TOPICS.length)] ?? "";
    const versions = history[topic] ?? [];
    const before = versions.at(-1) as Record<string, Json>;
    const member = `m${roll(3)}`;
    const added = { ...before, [member]: versions.length };
    const change =
      roll(3) === 0
        ? { value: added }
        : { patches: [{ op: "add", path: `/${member}`, value: versions.length }] };
    const [version, base] = [versions.length, versions.length - 1];
    versions.push(added);
    log.push(["state.update", { topic, version, base, ...change, timestamp: "t" }, id]);
  }

  return {
    url,
    append,
    history,
    events,
    heal: () => {
      healthy = true;
    },
  };
}

function refuse(response: ServerResponse, how: number): void {
  if (how === 0) response.socket?.resetAndDestroy();
  else response.writeHead(how === 1 ? 503 : 429).end();
}
