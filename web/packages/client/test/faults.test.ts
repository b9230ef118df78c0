import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { flakyServer } from "./support/flaky-server";
import { open } from "./support/open";

const APPENDED = 120;

describe.concurrent("whatever happens to connections", () => {
  for (let seed = 1; seed <= 48; seed++) {
    test(`U1 U2 S4: seed ${seed}, each event once and in order, no state that never was`, async ({
      onTestFinished,
    }) => {
      const server = await flakyServer(seed, onTestFinished);
      const polling = seed % 3 === 0 && { afterFailures: 2, waitSeconds: 0, streamAgainMs: 20 };
      const options = { url: server.url, topics: ["**"], retryMs: 1, retryCapMs: 4, polling };
      const stream = open(options, onTestFinished);
      const received: number[] = [];
      stream.on("x", ({ data }) => received.push((data as { n: number }).n));
      const wrong: unknown[] = [];
      stream.onState((topic, state) => {
        const value = state && server.history[topic]?.[state.version];
        if (state && JSON.stringify(value) !== JSON.stringify(state.value)) wrong.push(state);
      });
      await vi.waitFor(() => expect(stream.position).toBeDefined(), { timeout: 4000 });
      for (let i = 0; i < APPENDED; i++) {
        server.append();
        if (i % 4 === 0) await sleep(1);
      }
      await sleep(50);
      server.heal();
      const last = Object.entries(server.history).map(([topic, values]) => [topic, values.at(-1)]);
      await vi.waitFor(
        () => {
          expect(received).toEqual(server.events);
          const held = [...stream.states()].map(([topic, { value }]) => [topic, value]);
          expect(Object.fromEntries(held)).toEqual(Object.fromEntries(last));
        },
        { timeout: 4000 },
      );
      expect(wrong).toEqual([]);
    });
  }
});
