import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Freshet } from "./Freshet";
import { Microscope } from "./Microscope";
import { desktop, launch, phone, Screen } from "./Screen";

let freshet: Freshet;
let browser: Browser;
let token: string;
let axeSource: string;

beforeAll(async () => {
  [freshet, browser] = await Promise.all([Freshet.start(), launch()]);
  axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  token = await freshet.token();
  const microscope = new Microscope(freshet, token);
  for (const status of ["started", "paused", "planned", "completed", "abandoned"]) {
    await microscope.begin(status, `An acquisition that is ${status}`);
    if (status !== "started") await microscope.setStatus(status, status);
  }
  for (let i = 0; i < 8; i++) await microscope.processed("started", 3 + i / 4, 10 + 3 * i);
});

afterAll(async () => {
  await browser?.close();
  await freshet?.close();
});

const looks = [
  ["desktop", "light", desktop],
  ["desktop", "dark", desktop],
  ["phone", "light", phone],
  ["phone", "dark", phone],
] as const;

describe.each(looks)("%s, %s", (_, colorScheme, viewport) => {
  const open = () => Screen.open(browser, { colorScheme, viewport });

  test("signIn_isAccessible", async () => {
    const screen = await open();
    await screen.page.goto(`${freshet.url}/#login=wrong`);
    await screen.page.getByText("This login link no longer works").waitFor();
    await screen.pasteToken("odd");
    await check(screen);
  });

  test("overview_isAccessible_andFits", async () => {
    const screen = await open();
    await screen.signIn(freshet.url, token);
    await screen.page.getByText("that is abandoned").waitFor();
    await screen.connection("Live");
    await check(screen);
  });

  test("acquisition_isAccessible_andFits", async () => {
    const screen = await open();
    await screen.signIn(`${freshet.url}/console/acquisitions/started`, token);
    const charts = screen.page.getByRole("img", { name: /micrographs/ });
    await charts.nth(4).locator("canvas").waitFor();
    await screen.page.locator("tr[data-micrograph]").first().waitFor();
    await screen.page.getByText("As a table").first().click();
    await screen.connection("Live");
    await check(screen);
  });

  test.each(["logs", "instructions"])("acquisition_%s_areAccessible_andFit", async (tab) => {
    const screen = await open();
    await screen.signIn(`${freshet.url}/console/acquisitions/started?tab=${tab}`, token);
    await screen.page.getByRole("tabpanel").waitFor();
    await screen.connection("Live");
    await check(screen);
  });

  test("acquisitionThatIsNone_isAccessible_andFits", async () => {
    const screen = await open();
    await screen.signIn(`${freshet.url}/console/acquisitions/nowhere`, token);
    await screen.page.getByRole("heading", { name: "There is no such acquisition" }).waitFor();
    await check(screen);
  });

  test("streams_areAccessible_andFit", async () => {
    const screen = await open();
    await screen.signIn(`${freshet.url}/console/streams`, token);
    await screen.page.getByRole("listitem").first().getByRole("button").click();
    await screen.page.getByRole("button", { name: "Copy JSON" }).waitFor();
    await check(screen);
  });
});

test("phone_pages_areInAMenu_andByKeyboard", async () => {
  const screen = await Screen.open(browser, { viewport: phone });
  await screen.signIn(freshet.url, token);
  await screen.page.getByRole("button", { name: "Pages" }).focus();
  await screen.page.keyboard.press("Enter");
  await screen.page.getByRole("menuitem", { name: "Streams" }).waitFor();
  // The first one, and round to the last.
  await screen.page.keyboard.press("ArrowDown");
  await screen.page.keyboard.press("ArrowUp");
  await screen.page.keyboard.press("Enter");
  await screen.page.getByRole("heading", { name: "Streams" }).waitFor();
  await screen.close();
});

/** Nothing serious by axe, nothing that sticks out sideways, nothing in the console. */
async function check(screen: Screen): Promise<void> {
  await screen.page.evaluate(axeSource);
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
  await screen.close();
}
