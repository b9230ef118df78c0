import type { Browser, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Freshet } from "./Freshet";
import { longestTask } from "./longestTask";
import { Microscope } from "./Microscope";
import { launch, phone, Screen } from "./Screen";
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

const open = (uuid: string, as = token) =>
  screen.signIn(`${freshet.url}/console/acquisitions/${uuid}`, as);
const region = (name: string) => screen.page.getByRole("region", { name, exact: true });
const chart = (name: RegExp) => screen.page.getByRole("img", { name });
const histogram = () => chart(/^Histogram of CTF resolution/);
const motions = () => chart(/^Histogram of Total motion/);
const field = (name: string) => screen.page.getByLabel(name, { exact: true });
const outcome = (text: string) => region("Quality").getByText(text, { exact: true });
const rows = () => screen.page.locator("tr[data-micrograph]");
const counter = (label: string) =>
  screen.page.locator("dl[aria-label=Counters] > div").filter({ hasText: label }).locator("dd");

/** Five micrographs: three that resolve well, and two that do not. */
async function five(uuid: string): Promise<readonly string[]> {
  await microscope.begin(uuid, `Acquisition ${uuid}`);
  const micrographs: string[] = [];
  for (const [resolution, motion] of [
    [3.1, 10],
    [3.1, 31],
    [3.4, 12],
    [6.1, 13],
    [9.5, 70],
  ] as const) {
    micrographs.push(await microscope.processed(uuid, resolution, motion));
  }
  return micrographs;
}

/** Drags over a part of a chart's drawing, in shares of its width. */
async function drag(of: Locator, from: number, to: number): Promise<void> {
  await of.scrollIntoViewIfNeeded();
  const box = await of.locator(".u-over").boundingBox();
  if (box === null) throw new Error("the chart is not drawn");
  const y = box.y + box.height / 2;
  await screen.page.mouse.move(box.x + box.width * from, y);
  await screen.page.mouse.down();
  await screen.page.mouse.move(box.x + box.width * ((from + to) / 2), y);
  await screen.page.mouse.move(box.x + box.width * to, y);
  await screen.page.mouse.up();
}

test("acquisition_itsRowInTheOverview_leadsToIt", async () => {
  await microscope.begin("linked", "Linked from the overview");
  await screen.signIn(freshet.url, token);
  await screen.page.getByRole("row").filter({ hasText: "Linked from the overview" }).click();
  await screen.page.getByRole("heading", { level: 1, name: "Linked from the overview" }).waitFor();
  expect(new URL(screen.page.url()).pathname).toBe("/console/acquisitions/linked");
  await screen.connection("Live");
  await region("Details").getByText("Titan Krios").waitFor();
});

test("acquisition_nothingReportedButItself_saysNoDataYet", async () => {
  await microscope.begin("young", "Without results");
  await open("young");
  await counter("Squares").getByText("1", { exact: true }).waitFor();
  await counter("Micrographs").getByText("0", { exact: true }).waitFor();
  expect(await screen.page.getByText("No results yet").count()).toBe(4);
  await region("Recent micrographs")
    .getByText(/No data yet/)
    .waitFor();
});

test("acquisition_resultsThatWereThere_areInTheCharts", async () => {
  await five("before");
  await open("before");
  await chart(/^Histogram of CTF resolution. 5 micrographs · median 3.40 Å/).waitFor();
  await chart(/^Total motion of each micrograph, in order of arrival. 5 micrographs/).waitFor();
});

test("acquisition_resultsArrive_everythingMovesInItsPlace", async () => {
  await five("moving");
  await open("moving");
  await screen.connection("Live");
  await histogram().locator("canvas").waitFor();
  await rows().first().waitFor();
  const boxes = () =>
    screen.page.evaluate(() =>
      [...document.querySelectorAll("main h2, main figure, main canvas, main th")].map((each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return [each.textContent?.slice(0, 20), x, y, width, height];
      }),
    );
  const before = await boxes();
  await watchShifts(screen);
  for (let count = 6; count <= 14; count++) {
    await microscope.processed("moving", 3 + count / 20, count);
    await counter("Micrographs").getByText(String(count), { exact: true }).waitFor();
    await chart(new RegExp(`^Histogram of CTF resolution. ${count} micrographs`)).waitFor();
  }
  await rows().nth(13).waitFor();
  // The table has grown below itself; what is above stands where it stood.
  expect(await boxes()).toEqual(before);
  expect(await shiftsOf(screen)).toEqual([]);
});

test("acquisition_manyResultsAtOnce_areDrawnWithoutAStutter", async () => {
  await microscope.begin("busy", "Busy");
  await open("busy");
  await screen.connection("Live");
  const results = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, at) => microscope.processed("busy", 3 + at / 100, 10 + at)),
    );
  await results(100);
  await chart(/^Histogram of CTF resolution. 100 micrographs/).waitFor();
  const longest = await longestTask(browser, screen.page, async () => {
    await results(100);
    await chart(/^Histogram of CTF resolution. 200 micrographs/).waitFor();
  });
  expect(longest).toBeLessThan(150);
});

test("brush_draggedInTheHistogram_picksTheSameInAllChartsAndTheTable", async () => {
  const micrographs = await five("dragged");
  await open("dragged");
  await histogram().locator("canvas").waitFor();
  // From the bins' left end to the middle: better than 5 Å.
  await drag(histogram(), 0.15, 0.45);
  await outcome("3 of 5 micrographs in range").waitFor();
  await chart(/^Histogram of Total motion. 3 micrographs/).waitFor();
  await screen.page.getByRole("heading", { name: "Micrographs in range" }).waitFor();
  expect(await rowUuids()).toEqual(micrographs.slice(0, 3).reverse());

  // And of those, by motion.
  await drag(motions(), 0.55, 0.75);
  await outcome("1 of 5 micrographs in range").waitFor();
  expect(await rowUuids()).toEqual([micrographs[1]]);

  await screen.page.getByRole("button", { name: "Clear" }).click();
  await screen.page.getByRole("heading", { name: "Recent micrographs" }).waitFor();
  await chart(/^Histogram of Total motion. 5 micrographs/).waitFor();
});

test("brush_draggedByArrival_andClicked_isThereAndGone", async () => {
  await five("arrived");
  await open("arrived");
  const each = chart(/^CTF resolution of each micrograph/);
  await each.locator("canvas").waitFor();
  // 20 places are drawn.
  await drag(each, 0.01, 0.17);
  await outcome("3 of 5 micrographs in range").waitFor();
  expect(await field("Arrival to").inputValue()).toBe("3");
  await each.locator(".u-over").click();
  await outcome("Drag in a chart, or type a range").waitFor();
});

test("brush_typed_picksWithoutAPointer", async () => {
  const micrographs = await five("typed");
  await open("typed");
  await histogram().locator("canvas").waitFor();
  await field("Resolution (Å) from").focus();
  await screen.page.keyboard.type("8");
  await outcome("1 of 5 micrographs in range").waitFor();
  expect(await rowUuids()).toEqual([micrographs[4]]);
  await screen.page.keyboard.press("Backspace");
  await outcome("Drag in a chart, or type a range").waitFor();
  await field("Motion (Å) to").focus();
  await screen.page.keyboard.type("12.5");
  await outcome("2 of 5 micrographs in range").waitFor();
  await field("Resolution (Å) from").focus();
  await screen.page.keyboard.type("50");
  await outcome("0 of 5 micrographs in range").waitFor();
  await region("Micrographs in range").getByText("No micrograph is in range.").waitFor();
});

test("brush_onAPhone_isDraggedByAFinger", async () => {
  await five("touched");
  const hand = await Screen.open(browser, { viewport: phone, touch: true });
  await hand.signIn(`${freshet.url}/console/acquisitions/touched`, token);
  const over = hand.page.getByRole("img", { name: /^Histogram of CTF/ }).locator(".u-over");
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  if (box === null) throw new Error("the chart is not drawn");
  const fingers = await hand.page.context().newCDPSession(hand.page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", share: number) =>
    fingers.send("Input.dispatchTouchEvent", {
      type,
      touchPoints:
        type === "touchEnd" ? [] : [{ x: box.x + box.width * share, y: box.y + box.height / 2 }],
    });
  await touch("touchStart", 0.15);
  for (const share of [0.2, 0.25, 0.3, 0.35, 0.4, 0.45]) await touch("touchMove", share);
  await touch("touchEnd", 0);
  await hand.page.getByText("3 of 5 micrographs in range").waitFor();
  expect(hand.complaints).toEqual([]);
  await hand.close();
});

test("table_asTheHistogram_saysTheSame", async () => {
  await five("tabled");
  await open("tabled");
  await region("Quality").getByText("As a table").first().click();
  const table = screen.page.getByRole("table", { name: "CTF resolution, by bin" });
  const cells = (bin: string) =>
    table
      .getByRole("row")
      .filter({ has: screen.page.getByRole("rowheader", { name: bin, exact: true }) })
      .getByRole("cell")
      .allInnerTexts();
  expect(await cells("3–3.25")).toEqual(["2", "2"]);
  expect(await cells("below 2")).toEqual(["0", "0"]);
  expect(await cells("8 and more")).toEqual(["1", "1"]);
});

test("acquisition_serverKilledAndRestarted_isStaleThenFresh", async () => {
  await five("killed");
  await open("killed");
  await counter("Micrographs").getByText("5", { exact: true }).waitFor();
  await screen.connection("Live");
  await screen.mark();
  await freshet.kill();
  await screen.connection(/Reconnecting/);
  await screen.page.getByText("Not live.").waitFor();
  // Whatever part of the page is on screen says so, once.
  await screen.page.getByRole("tab", { name: "Logs" }).click();
  await screen.page.getByRole("log", { name: "Log" }).waitFor();
  expect(await screen.page.getByText("Not live.").count()).toBe(1);
  await screen.page.getByRole("tab", { name: "Overview" }).click();
  await screen.page.locator("[data-stale=true]").waitFor();
  await counter("Micrographs").getByText("5", { exact: true }).waitFor();

  await freshet.restart();
  await microscope.processed("killed", 3.3, 20);
  await counter("Micrographs").getByText("6", { exact: true }).waitFor();
  await chart(/^Histogram of CTF resolution. 6 micrographs/).waitFor();
  await screen.connection("Live");
  await screen.page.getByText("Not live.").waitFor({ state: "hidden" });
  await screen.page.locator("[data-stale=false]").waitFor();
  expect(await screen.isMarked()).toBe(true);
});

test("tabs_areInTheUrl_andKeepTheStreamAndTheRanges", async () => {
  await five("tabbed");
  await open("tabbed");
  await field("Motion (Å) to").fill("12.5");
  await outcome("2 of 5 micrographs in range").waitFor();
  const streams: string[] = [];
  screen.page.on("request", (request) => {
    if (request.url().includes("/stream")) streams.push(request.url());
  });
  await screen.page.getByRole("tab", { name: "Logs" }).click();
  await screen.page.getByRole("log", { name: "Log" }).waitFor();
  await screen.page.getByRole("tab", { name: "Logs" }).press("ArrowRight");
  await region("Instructions").waitFor();
  expect(new URL(screen.page.url()).search).toBe("?tab=instructions");
  await screen.page.getByRole("tab", { name: "Overview" }).click();
  await outcome("2 of 5 micrographs in range").waitFor();
  expect(streams).toEqual([]);
});

test("acquisition_thatIsNone_isSaidSo", async () => {
  await open("nowhere");
  await screen.page.getByRole("heading", { name: "There is no such acquisition" }).waitFor();
  await screen.page.getByRole("main").getByRole("link", { name: "Go to the overview" }).click();
  await screen.page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
});

test("A1: acquisition_thatMayNotBeRead_isLikeNone", async () => {
  await five("hidden");
  await open("hidden", await freshet.token({ subject: "guest", read: ["instruments/other/**"] }));
  await screen.page.getByRole("heading", { name: "There is no such acquisition" }).waitFor();
  expect(await screen.page.getByText("Acquisition hidden").count()).toBe(0);
});

test("acquisition_deletedWhileWatched_isSaidSo", async () => {
  await five("deleted");
  await open("deleted");
  await screen.connection("Live");
  await counter("Micrographs").getByText("5", { exact: true }).waitFor();
  await microscope.delete("deleted");
  await screen.page.getByText("This acquisition was deleted").waitFor({ timeout: 20_000 });
  await screen.page.locator("[data-stale=true]").waitFor();
});

test.each(["completed", "abandoned"])("acquisition_%s_isSaidSo_andStaysLive", async (status) => {
  await five(status);
  await open(status);
  await screen.connection("Live");
  await histogram().locator("canvas").waitFor();
  await microscope.setStatus(status, status);
  await screen.page.getByText(`This acquisition is ${status}.`).waitFor();
  await microscope.processed(status, 3.3, 20);
  await chart(/^Histogram of CTF resolution. 6 micrographs/).waitFor();
});

test("timeline_pauses_areSaidAndShaded", async () => {
  await five("resting");
  await open("resting");
  await screen.connection("Live");
  await chart(/^Counters over time/)
    .locator("canvas")
    .waitFor();
  await microscope.setStatus("resting", "paused");
  await region("Progress")
    .getByText(/^Shaded: paused since/)
    .waitFor();
  await microscope.setStatus("resting", "started");
  await region("Progress")
    .getByText(/^Shaded: paused .+, for /)
    .waitFor();
  await chart(/^Counters over time.*5 micrographs, 5 holes, 1 square, 1 grid. paused/).waitFor();
});

test("acquisition_overWithoutResults_doesNotPromiseAny", async () => {
  await microscope.begin("barren", "Came to nothing");
  await microscope.setStatus("barren", "abandoned");
  await open("barren");
  await screen.page.getByText("This acquisition is abandoned.").waitFor();
  expect(await screen.page.getByText("No results", { exact: true }).count()).toBe(4);
  await region("Recent micrographs").getByText("No data: no micrograph was reported.").waitFor();
});

test("acquisition_coloursChanged_chartsAreDrawnInThem", async () => {
  await five("coloured");
  await open("coloured");
  await histogram().locator("canvas").waitFor();
  const bar = () =>
    histogram()
      .locator("canvas")
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas
          .getContext("2d")
          ?.getImageData(0, 0, canvas.width, canvas.height) ?? {
          data: [],
        };
        const seen = new Set<string>();
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] === 255) seen.add([data[at], data[at + 1], data[at + 2]].join(" "));
        }
        return { light: seen.has("15 116 137"), dark: seen.has("103 197 216") };
      });
  await expect.poll(bar).toEqual({ light: true, dark: false });
  await screen.page.getByRole("button", { name: "Use dark colours" }).click();
  await expect.poll(bar).toEqual({ light: false, dark: true });
});

async function rowUuids(): Promise<(string | null)[]> {
  return await rows().evaluateAll((all) => all.map((row) => row.getAttribute("data-micrograph")));
}
