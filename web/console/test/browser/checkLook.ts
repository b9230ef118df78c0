import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type axe from "axe-core";
import { expect } from "vitest";
import { desktop, phone, type Screen } from "./Screen";

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What every page is looked at on, and how. */
export const looks = [
  ["desktop", "light", desktop],
  ["desktop", "dark", desktop],
  ["phone", "light", phone],
  ["phone", "dark", phone],
] as const;

/** Nothing serious by axe, nothing that sticks out sideways, nothing in the console. */
export async function checkLook(screen: Screen): Promise<void> {
  await settled(screen);
  await picture(screen);
  await screen.page.evaluate(await source);
  const serious = await screen.page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: typeof axe };
    const { violations } = await run.run({ resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`);
  });
  expect(serious).toEqual([]);
  const overhang = await screen.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overhang).toBe(0);
  expect(screen.complaints).toEqual([]);
}

/** Waits for what is fading in: half faded, no text has contrast. */
async function settled(screen: Screen): Promise<void> {
  await screen.page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

let pictures = 0;

/** For who wants to see it: `PICTURES=directory`. */
async function picture({ page }: Screen): Promise<void> {
  const directory = process.env["PICTURES"];
  if (directory === undefined) return;
  pictures += 1;
  const test = (expect.getState().currentTestName ?? "").replace(/\W+/g, "-");
  await page.screenshot({ path: join(directory, `${test}-${pictures}.png`), fullPage: true });
}
