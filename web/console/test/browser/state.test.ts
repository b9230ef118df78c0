import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkLook, looks } from "./checkLook";
import { Freshet } from "./Freshet";
import { launch, Screen } from "./Screen";

const patience = { timeout: 15_000 };
const administration = ["**", "$freshet/**"];

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let admin: string;

beforeAll(async () => {
  [freshet, browser] = await Promise.all([
    Freshet.start("serve", ["runtime.interval=500ms"]),
    launch(),
  ]);
  admin = await freshet.token({ read: administration, write: administration });
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

async function look(token = admin, search = ""): Promise<void> {
  await screen.signIn(`${freshet.url}/console/state${search}`, token);
}

/** A part of the tree by the names on the way to it. */
const node = (...names: string[]) =>
  names.reduce(
    (within, name) => within.locator(`[data-node="${name}"]`).first(),
    screen.page.getByRole("list", { name: "Slices" }),
  );
const changes = () => screen.page.getByRole("list", { name: "Changes" }).getByRole("listitem");
const button = (name: string) => screen.page.getByRole("button", { name, exact: true });

test("slices_areATree_andWhatChangesIsLit", async () => {
  await look();
  await screen.connection("Live");
  await node("server", "uptimeSeconds").waitFor();
  await node("connections", "tenant").getByText('"lab"').waitFor();
  const lit = node("server", "uptimeSeconds").locator("[data-changes]");
  await expect
    .poll(async () => Number(await lit.getAttribute("data-changes")), patience)
    .toBeGreaterThan(1);
  expect(await lit.getAttribute("class")).toContain("changed");
  const still = node("server", "version").locator("[data-changes]");
  expect(await still.getAttribute("data-changes")).toBe("0");
  await node("server").getByRole("button").first().click();
  await node("server", "version").waitFor({ state: "detached" });
});

test("timeLine_aChangeOpened_showsBeforeAndAfter", async () => {
  await look();
  const patched = changes().filter({ hasText: /uptimeSeconds \d+ → \d+/ });
  await patched.first().waitFor();
  await button("Pause").click();
  await patched.last().getByRole("button").first().click();
  const detail = screen.page.getByRole("list", { name: "What changed" });
  const part = detail.getByRole("listitem").filter({ hasText: "/uptimeSeconds" });
  const before = Number(await part.locator("del").innerText());
  const after = Number(await part.locator("ins").innerText());
  expect(after).toBeGreaterThan(before);
  const figures = screen.page.getByRole("figure");
  await figures.filter({ hasText: "Before" }).getByText(String(before), { exact: true }).waitFor();
  await figures.filter({ hasText: "After" }).getByText(String(after), { exact: true }).waitFor();
});

test("pause_holdsAllStill_andResumeShowsWhatCame", async () => {
  await look();
  await changes().nth(3).waitFor();
  await button("Pause").click();
  const uptime = () => node("server", "uptimeSeconds").innerText();
  const then = await uptime();
  await screen.page
    .getByTestId("held")
    .filter({ hasText: /^[2-9] changes held back/ })
    .waitFor();
  expect(await uptime()).toBe(then);
  await button("Resume").click();
  await expect.poll(uptime, patience).not.toBe(then);
});

test("copyAndExport_areJsonOfWhatIsShown", async () => {
  await screen.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await look();
  await changes().nth(8).waitFor();
  await button("Pause").click();
  await button("Copy as JSON").click();
  await screen.page.getByText("Copied", { exact: true }).waitFor();
  const copied = JSON.parse(await screen.page.evaluate(() => navigator.clipboard.readText()));
  expect(copied.connections.tenant).toBe("lab");
  const [download] = await Promise.all([
    screen.page.waitForEvent("download"),
    button("Export").click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^freshet-state-.*\.json$/);
  const saved = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(saved.slices.connections.value).toEqual(copied.connections);
  const last = saved.changes.findLast((each: { slice: string }) => each.slice === "connections");
  expect(last.after).toEqual(copied.connections);
  expect(saved.changes.some((each: { patches?: unknown[] }) => each.patches?.length)).toBe(true);
});

test("serverKilled_theStateIsMarkedAsOld_andGoesOn", async () => {
  await look();
  await screen.connection("Live");
  await node("server", "startedAt").waitFor();
  const started = await node("server", "startedAt").innerText();
  await freshet.kill();
  await screen.page.getByText("Not live.").waitFor();
  await freshet.restart();
  await screen.connection("Live");
  await expect.poll(() => node("server", "startedAt").innerText(), patience).not.toBe(started);
});

test("withoutTheGrant_thePageSaysSo", async () => {
  await look(await freshet.token({ subject: "bob" }));
  await screen.page.getByRole("heading", { name: /is for administrators/ }).waitFor();
  await screen.page.getByText("$freshet/**").waitFor();
});

test("runtimeThatIsNone_thePageSaysSo", async () => {
  await look(admin, "?runtime=nowhere");
  await screen.page.getByRole("heading", { name: "There is no runtime nowhere" }).waitFor();
  await screen.page.getByLabel("Runtime").first().waitFor();
});

test("away_andBack_theTimeLineIsStillThere", async () => {
  await look(
    await freshet.token({ subject: "wanderer", read: administration, write: administration }),
  );
  await changes().nth(8).waitFor();
  const first = changes().and(screen.page.locator('[data-number="1"]'));
  const before = await first.innerText();
  await screen.page.getByRole("link", { name: "Connections" }).click();
  const closed = screen.page.locator('tr[data-state="closed"]').filter({ hasText: "wanderer" });
  await closed.filter({ hasText: "$freshet/runtime/slices/server" }).waitFor();
  await screen.page.getByRole("link", { name: "State", exact: true }).click();
  await screen.connection("Live");
  const list = screen.page.getByRole("list", { name: "Changes" });
  await list.evaluate((element) => element.parentElement?.scrollTo(0, 0));
  await first.waitFor();
  expect(await first.innerText()).toBe(before);
});

test("anotherSession_findsNoTimeLine", async () => {
  await look();
  await changes().nth(8).waitFor();
  const first = changes().and(screen.page.locator('[data-number="1"]'));
  const before = await first.innerText();
  await button("Session of ann").click();
  await screen.page.getByRole("menuitem", { name: "Sign out" }).click();
  const other = await freshet.token({ subject: "eve", read: administration });
  await screen.pasteToken(other);
  await node("server", "uptimeSeconds").waitFor();
  await first.waitFor();
  expect(await first.innerText()).not.toBe(before);
});

/** Frames as PROTOCOL §8.6 has them, of a runtime that programs embed. */
const frames = [
  ["stream.open", { resumed: false, position: "p0", heartbeatMs: 60_000 }],
  ["state.initial", { slices: { cart: [] }, versions: { cart: 1 }, timestamp: null }],
  ["stream.live", { position: "p1" }],
  ["execution.status", { status: "failed", executionId: "e-7", turnId: "t-1", error: "no paper" }],
  ["custom-event", { name: "sale", slice: "cart", payload: { percent: 10 } }],
] as const;

test("timeLine_holdsExecutionsAndEvents_amongTheChanges", async () => {
  const body = frames.map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  await screen.page.route("**/events?runtime=shop", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: `retry: 60000\n\n${body.join("")}` }),
  );
  await look(admin, "?runtime=shop");
  const execution = changes().filter({ hasText: "execution, turn t-1" });
  await execution.getByText("e-7", { exact: true }).waitFor();
  await execution.getByText("failed: no paper").waitFor();
  const event = changes().filter({ hasText: "event of cart" });
  await event.getByText('{"percent":10}').waitFor();
  await event.getByRole("button").first().click();
  await event.getByRole("button", { name: "Copy event" }).waitFor();
  await event.getByText('"sale"').waitFor();
  // It ended with the last of them.
  await screen.page.getByText("Not live.").waitFor();
});

describe.each(looks)("%s, %s", (_, colorScheme, viewport) => {
  test("state_isAccessible_andFits", async () => {
    await screen.close();
    screen = await Screen.open(browser, { colorScheme, viewport });
    await look();
    const patched = changes().filter({ hasText: /uptimeSeconds \d+ → \d+/ });
    await patched.first().waitFor();
    await button("Pause").click();
    await patched.last().getByRole("button").first().click();
    await screen.page.getByRole("list", { name: "What changed" }).waitFor();
    await checkLook(screen);
  });
});
