import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Freshet } from "./Freshet";
import { Microscope } from "./Microscope";
import { launch, Screen } from "./Screen";
import { shiftsOf, watchShifts } from "./shifts";

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let microscope: Microscope;
let token: string;

beforeAll(async () => {
  [freshet, browser] = await Promise.all([Freshet.start(), launch()]);
  token = await freshet.token({ subject: "operator" });
  microscope = new Microscope(freshet, await freshet.token({ subject: "agent" }));
});

afterAll(async () => {
  await browser?.close();
  await freshet?.close();
});

beforeEach(async () => {
  screen = await Screen.open(browser);
});

afterEach(async () => {
  expect(screen.complaints).toEqual([]);
  await screen.close();
});

const rowOf = (name: string) => screen.page.getByRole("row").filter({ hasText: name });
const cellOf = (name: string, column: number) => rowOf(name).getByRole("cell").nth(column);
const micrographs = 5;

/** The cell says so, now or soon. */
async function shows(name: string, column: number, text: string): Promise<void> {
  await cellOf(name, column).getByText(text, { exact: true }).waitFor();
}

test("overview_none_saysHowTheyCome", async () => {
  await screen.signIn(freshet.url, token);
  await screen.page.getByText("No acquisitions yet").waitFor();
  await screen.connection("Live");
});

test("overview_sessionWithoutInstruments_saysSo", async () => {
  const other = await freshet.token({ subject: "guest", read: ["orders/**"] });
  await screen.signIn(freshet.url, other);
  await screen.page.getByText("This session shows no instruments").waitFor();
});

test("overview_reportsArrive_countersMoveInTheirPlace", async () => {
  await screen.signIn(freshet.url, token);
  await screen.connection("Live");
  await microscope.begin("moving", "Moving counters");
  await shows("Moving counters", micrographs, "0");
  await watchShifts(screen);
  for (let count = 1; count <= 12; count++) {
    await microscope.micrograph(await microscope.foilhole("moving"));
    await shows("Moving counters", micrographs, String(count));
  }
  expect(await rowOf("Moving counters").getByRole("cell").allInnerTexts()).toEqual(
    expect.arrayContaining(["Started", "1", "12"]),
  );
  expect(await shiftsOf(screen)).toEqual([]);
  await microscope.setStatus("moving", "paused");
  await shows("Moving counters", 0, "Paused");
});

test("overview_serverKilledAndRestarted_pageCatchesUpWithoutReload", async () => {
  await microscope.begin("caught", "Caught up");
  const hole = await microscope.foilhole("caught");
  await microscope.micrograph(hole);
  await screen.signIn(freshet.url, token);
  await shows("Caught up", micrographs, "1");
  await screen.mark();

  await freshet.kill();
  await screen.connection(/Reconnecting/);
  await screen.page.getByText("Not live.").waitFor();
  await shows("Caught up", micrographs, "1");

  await freshet.restart();
  for (let i = 0; i < 3; i++) await microscope.micrograph(hole);
  await shows("Caught up", micrographs, "4");
  await screen.connection("Live");
  await screen.page.getByText("Not live.").waitFor({ state: "hidden" });
  expect(await screen.isMarked()).toBe(true);
});

test("overview_findAndStatus_areKeptInTheUrl", async () => {
  await microscope.begin("found", "Found by name");
  await screen.signIn(freshet.url, token);
  await screen.page.getByLabel("Find an acquisition").fill("by name");
  await screen.page.getByRole("button", { name: /^Started/ }).click();
  await rowOf("Found by name").waitFor();
  expect(await screen.page.locator("tbody tr").count()).toBe(1);
  await screen.page.reload();
  await rowOf("Found by name").waitFor();
  expect(await screen.page.locator("tbody tr").count()).toBe(1);
});
