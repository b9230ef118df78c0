import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { type EventStream, openStream } from "../../src";
import type { ClientOptions, Final, Observation, StreamsCase } from "./case";
import { record } from "./recorder";
import { scriptedServer } from "./scripted-server";

/** Plays one case, with every write cut into pieces of `chunk` bytes if that is given. */
export async function play(one: StreamsCase, chunk?: number): Promise<void> {
  let observed: readonly Observation[] = [];
  const server = await scriptedServer(one.exchanges, {
    chunk,
    seen: (count) => observed.length >= count,
  });
  const stream = openStream({ url: server.url, ...optionsOf(one.client ?? {}) });
  observed = record(stream);
  try {
    await until(
      () => observed.length >= one.observe.length && server.received >= one.exchanges.length,
      one.timeoutMs ?? 5000,
    );
    await sleep(one.settleMs ?? 30);
    expect({
      faults: server.faults,
      requests: server.received,
      observed: observed.map((entry, i) => project(entry, one.observe[i])),
    }).toEqual({ faults: [], requests: one.exchanges.length, observed: one.observe });
    expectFinal(stream, one.finally ?? {});
  } finally {
    stream.close();
    await server.close();
  }
}

/** Waits for what should come; what did not is for the comparison to say. */
async function until(condition: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition() && performance.now() < deadline) await sleep(2);
}

/** The members of an entry, and of the event or state in it, that the case names. */
function project(entry: Observation, expected: Observation | undefined): Observation {
  if (!expected) return entry;
  const named = Object.entries(entry).map(([kind, value]) => {
    const wanted = expected[kind];
    return [kind, isObject(value) && isObject(wanted) ? pick(value, Object.keys(wanted)) : value];
  });
  return Object.fromEntries(named);
}

function pick(value: Observation, keys: readonly string[]): Observation {
  return Object.fromEntries(keys.map((key) => [key, value[key]]));
}

function isObject(value: unknown): value is Observation {
  return typeof value === "object" && value !== null;
}

function expectFinal(stream: EventStream, { position, states }: Final): void {
  if (position !== undefined) expect(stream.position ?? null).toBe(position);
  if (states === undefined) return;
  const held = [...stream.states()].map(([topic, { version, value }]) => [
    topic,
    { version, value },
  ]);
  expect(Object.fromEntries(held)).toEqual(states);
}

function optionsOf({ tokens, topics = ["a/b"], polling = undefined, ...rest }: ClientOptions) {
  let refusals = 0;
  const token = ({ fresh }: { fresh: boolean }) => {
    if (fresh) refusals++;
    return tokens?.[Math.min(refusals, tokens.length - 1)] ?? "";
  };
  return {
    retryMs: 5,
    retryCapMs: 20,
    heartbeatMs: 1000,
    maxFrameBytes: 65_536,
    topics,
    ...rest,
    polling: polling ?? (false as const),
    ...(tokens ? { token } : {}),
  };
}
