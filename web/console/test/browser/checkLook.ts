import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type axe from "axe-core";
import { expect } from "vitest";
import type { Screen } from "./Screen";

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Nothing serious by axe, nothing that sticks out sideways, nothing in the console. */
export async function checkLook(screen: Screen): Promise<void> {
  await settled(screen);
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
