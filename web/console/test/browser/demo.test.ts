import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Freshet } from "./Freshet";
import { launch, Screen } from "./Screen";

let freshet: Freshet;
let browser: Browser;

beforeAll(async () => {
  [freshet, browser] = await Promise.all([Freshet.start("demo"), launch()]);
});

afterAll(async () => {
  await browser?.close();
  await freshet?.close();
});

test("demo_itsLink_showsTheSimulatedMicroscopesOnce", async () => {
  await expect.poll(() => freshet.output, { timeout: 20_000 }).toMatch(/#login=\S+/);
  const link = /http\S+#login=\S+/.exec(freshet.output)?.[0] ?? "";
  const screen = await Screen.open(browser);
  await screen.page.goto(link);
  await screen.connection("Live");
  expect(screen.page.url()).not.toContain("login");

  const micrographs = screen.page.locator("tbody tr td:nth-child(6)");
  const count = async () =>
    (await micrographs.allInnerTexts())
      .map((text) => Number(text.replaceAll(",", "")))
      .reduce((a, b) => a + b, 0);
  await expect.poll(count, { timeout: 45_000 }).toBeGreaterThan(0);
  const before = await count();
  await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(before);

  const second = await Screen.open(browser);
  await second.page.goto(link);
  await second.page.getByText("This login link no longer works").waitFor();
  expect([...screen.complaints, ...second.complaints]).toEqual([]);
});
