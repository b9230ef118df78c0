import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Freshet } from "./Freshet";
import { launch, Screen } from "./Screen";

let freshet: Freshet;
let browser: Browser;
let token: string;
let screen: Screen;

beforeAll(async () => {
  [freshet, browser] = await Promise.all([Freshet.start(), launch()]);
  token = await freshet.token();
  screen = await Screen.open(browser);
  await screen.signIn(freshet.url, token);
});

afterAll(async () => {
  await browser?.close();
  await freshet?.close();
});

interface Heard {
  readonly ticks: number[];
  readonly ends: string[];
  opened: number;
  source: EventSource;
}

/** Opens a native EventSource in the page, with the session's cookie alone. */
async function listen(path: string): Promise<void> {
  await screen.page.evaluate((url) => {
    const source = new EventSource(url);
    const heard = { ticks: [] as number[], ends: [] as string[], opened: 0, source };
    source.addEventListener("stream.open", () => heard.opened++);
    source.addEventListener("tick", ({ data }) => heard.ticks.push(JSON.parse(data).data.n));
    source.addEventListener("stream.end", ({ data }) => heard.ends.push(JSON.parse(data).reason));
    Object.assign(window, { heard });
  }, path);
  await expect.poll(async () => (await heard()).opened).toBe(1);
}

function heard(): Promise<{ ticks: number[]; ends: string[]; opened: number; readyState: number }> {
  return screen.page.evaluate(() => {
    const { ticks, ends, opened, source } = (window as unknown as { heard: Heard }).heard;
    return { ticks, ends, opened, readyState: source.readyState };
  });
}

async function tick(topic: string, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    await freshet.send(token, "POST", "/v1/events", { topic, type: "tick", data: { n } });
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

test("U2_nativeEventSource_throughARestart_losesAndDoublesNothing", async () => {
  await listen("/v1/stream?topic=native/*");
  await tick("native/1", 0, 20);
  await expect.poll(async () => (await heard()).ticks.length).toBe(20);
  await freshet.kill();
  await freshet.restart();
  await tick("native/2", 20, 40);
  await expect.poll(async () => (await heard()).ticks.length, { timeout: 20_000 }).toBe(40);
  expect((await heard()).ticks).toEqual(upTo(40));
  expect((await heard()).opened).toBeGreaterThan(1);
});

test("U7_nativeEventSource_afterTheEnd_stopsAt204", async () => {
  await tick("ending/1", 0, 1);
  await listen("/v1/stream?topic=ending/1&after=earliest");
  await freshet.send(token, "POST", "/v1/events", {
    topic: "ending/1",
    type: "tick",
    data: { n: 1 },
    end: true,
  });
  await expect.poll(async () => (await heard()).readyState, { timeout: 20_000 }).toBe(2);
  expect(await heard()).toMatchObject({ ticks: [0, 1], ends: ["completed"], opened: 1 });
});
