import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkLook, looks } from "./checkLook";
import { Freshet } from "./Freshet";
import { launch, Screen } from "./Screen";
import { Source } from "./Source";

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let source: Source;
let root: string;
let token: string;
let made = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "freshet-tasks-"));
  const settings = [`tasks.roots=${root}`, "tasks.private-addresses=true", "tasks.interval=200ms"];
  [freshet, browser, source] = await Promise.all([
    Freshet.start("serve", settings),
    launch(),
    Source.start(),
  ]);
  token = await freshet.token();
});

afterAll(async () => {
  await browser?.close();
  await freshet?.close();
  await source?.close();
  await rm(root, { recursive: true, force: true });
});

beforeEach(async () => {
  source.hold();
  screen = await Screen.open(browser);
});

afterEach(async () => {
  expect(screen.complaints).toEqual([]);
  await screen.close();
});

/** Makes a transfer past the console; answers its id. */
async function transfer(name: string, paths: readonly string[], as = token): Promise<string> {
  made += 1;
  const sources = paths.map((path) => ({ url: `${source.url}${path}` }));
  const params = { directory: `run-${made}`, sources };
  const task = await freshet.send(as, "POST", "/api/v1/tasks", { kind: "transfer", name, params });
  return (task as { id: string }).id;
}

async function ended(id: string): Promise<void> {
  await expect
    .poll(async () => (await freshet.send(token, "GET", `/api/v1/tasks/${id}`)) as object, {
      timeout: 20_000,
    })
    .toMatchObject({ status: expect.stringMatching(/completed|failed|cancelled/) });
}

const look = (id: string, as = token) => screen.signIn(`${freshet.url}/console/tasks/${id}`, as);
const badge = (status: string) => screen.page.locator(`main [data-status="${status}"]`);
const row = (name: string) => screen.page.getByRole("row").filter({ hasText: name });
const button = (name: string) => screen.page.getByRole("button", { name, exact: true });
const dialog = () => screen.page.getByRole("dialog");

/** Its colours are what they are when it has faded in. */
async function dialogIsThere(): Promise<void> {
  const opacity = () => dialog().evaluate((element) => getComputedStyle(element).opacity);
  await expect.poll(opacity).toBe("1");
}

test("list_none_saysHowTheyCome", async () => {
  await screen.signIn(`${freshet.url}/console/tasks`, token);
  await screen.page.getByText("No tasks yet").waitFor();
  await screen.connection("Live");
});

test("list_progressIsLive_andStatusPicks", async () => {
  await screen.signIn(`${freshet.url}/console/tasks`, token);
  await screen.connection("Live");
  const id = await transfer("moving", ["/slow/a"]);
  await row("moving").locator("[data-status=running]").first().waitFor();
  const bar = row("moving").getByRole("progressbar");
  const percent = async () => Number(await bar.getAttribute("aria-valuenow"));
  await expect.poll(percent, { timeout: 20_000 }).toBeGreaterThan(0);
  const before = await percent();
  await expect.poll(percent, { timeout: 20_000 }).toBeGreaterThan(before);
  source.release();
  await row("moving").locator("[data-status=completed]").first().waitFor();
  await screen.page.getByRole("button", { name: /^Completed/ }).click();
  await screen.page.waitForURL(/status/);
  await freshet.send(token, "DELETE", `/api/v1/tasks/${id}`);
  await row("moving").waitFor({ state: "hidden" });
});

test("list_sessionWithoutTasks_saysSo", async () => {
  const guest = await freshet.token({ subject: "guest", read: ["orders/**"] });
  await screen.signIn(`${freshet.url}/console/tasks`, guest);
  await screen.page.getByText("This session shows no tasks").waitFor();
});

test("create_byKeyboard_goesToTheTask_andEnds", async () => {
  await screen.signIn(`${freshet.url}/console/tasks`, token);
  await button("New transfer…").focus();
  await screen.page.keyboard.press("Enter");
  const form = screen.page.getByRole("form", { name: "Fetch files" });
  await form.getByLabel("Sources").fill("nonsense");
  await form.getByText("Line 1 is not a URL").waitFor();
  expect(await button("Fetch").isDisabled()).toBe(true);
  await form.getByLabel("Sources").fill(`${source.url}/one?token=secret\n${source.url}/two`);
  await form.getByLabel("Name").fill("made here");
  await form.getByLabel("Directory").fill("../out");
  await screen.page.keyboard.press("Enter");
  await form.getByText(/\.\./).waitFor();
  await form.getByLabel("Directory").fill("made");
  await form.getByLabel("Directory").press("Enter");
  await screen.page.getByRole("heading", { level: 1, name: "made here" }).waitFor();
  await badge("completed").first().waitFor();
  await row("one")
    .getByText(/SHA-256 [\da-f]{64}/)
    .waitFor();
  await screen.page.getByText("?redacted").waitFor();
  expect(await screen.page.content()).not.toContain("secret");
});

test("create_withoutTheGrant_isRefusedInTheServersWords", async () => {
  const reader = await freshet.token({ subject: "bob", write: [] });
  await screen.signIn(`${freshet.url}/console/tasks`, reader);
  await button("New transfer…").click();
  await screen.page.getByLabel("Sources").fill(`${source.url}/one`);
  await button("Fetch").click();
  await screen.page.getByRole("alert").filter({ hasText: "You may not make tasks" }).waitFor();
});

test("detail_runs_rateIsDrawn_cancelIsConfirmed_retryGoesOn", async () => {
  const id = await transfer("up and down", ["/slow/a", "/quick"]);
  await look(id);
  await screen.connection("Live");
  await row("quick").locator("[data-status=completed]").first().waitFor();
  await screen.page.getByRole("img", { name: /^Rate over time: .*\/s now/ }).waitFor();
  await screen.page.locator("figure canvas").waitFor();

  await button("Cancel…").click();
  await button("Let it run").click();
  await dialog().waitFor({ state: "hidden" });
  expect(await badge("running").count()).toBeGreaterThan(0);
  await button("Cancel…").click();
  await button("Cancel the task").click();
  await badge("cancelled").first().waitFor();
  await dialog().waitFor({ state: "hidden" });

  source.release();
  await button("Retry…").click();
  await button("Retry").click();
  await screen.page.getByRole("link", { name: id }).waitFor();
  expect(screen.page.url()).not.toContain(id);
  await button("Cancel…").waitFor({ state: "hidden" });
});

test("detail_serverKilledAndRestarted_isStale_thenGoesOn", async () => {
  const id = await transfer("through a crash", ["/slow/a"]);
  await look(id);
  await badge("running").first().waitFor();
  await screen.connection("Live");
  await screen.mark();
  await freshet.kill();
  await screen.connection(/Reconnecting/);
  await screen.page.getByText("Not live.").waitFor();
  await screen.page.getByRole("heading", { name: "through a crash" }).waitFor();
  source.release();
  await freshet.restart();
  await badge("completed").first().waitFor();
  expect(await screen.isMarked()).toBe(true);
});

test("detail_streamThatNeverOpened_isStale_thenGoesOn", async () => {
  const id = await transfer("read, and no more", ["/slow/a"]);
  const streams = `${freshet.url}/api/v1/tasks/${id}/stream`;
  await screen.page.route(streams, (route) => route.abort());
  await look(id);
  await badge("running").first().waitFor();
  await screen.connection(/Reconnecting/);
  await screen.page.getByText("Not live.").waitFor();
  await screen.page.unroute(streams);
  await screen.connection("Live");
  await screen.page.getByText("Not live.").waitFor({ state: "hidden" });
  await freshet.send(token, "DELETE", `/api/v1/tasks/${id}`);
});

test("detail_finished_showsItsEnd", async () => {
  const id = await transfer("over", ["/one", "/two"]);
  await ended(id);
  await look(id);
  await badge("completed").first().waitFor();
  await screen.page.getByText("It had ended when this page was opened.").waitFor();
  await screen.connection("Ended");
  expect(await button("Cancel…").count()).toBe(0);
  expect(await button("Retry…").count()).toBe(0);
});

test("detail_failed_saysWhy", async () => {
  const id = await transfer("broken", ["/one", "/missing"]);
  await ended(id);
  await look(id);
  await screen.page.getByRole("alert").filter({ hasText: "This task failed" }).waitFor();
  await row("missing").getByText(/404/).waitFor();
  await button("Retry…").waitFor();
});

test("detail_withoutTheWriteGrant_isRefusedInTheServersWords", async () => {
  const id = await transfer("not yours to change", ["/slow/a"]);
  const reader = await freshet.token({ subject: "bob", write: [] });
  await look(id, reader);
  await button("Cancel…").click();
  await button("Cancel the task").click();
  await screen.page.getByRole("alert").filter({ hasText: "You may not change this" }).waitFor();
  expect(await badge("running").count()).toBeGreaterThan(0);
  await freshet.send(token, "DELETE", `/api/v1/tasks/${id}`);
});

test("detail_foreignTenants_isAsIfThereWereNone", async () => {
  const id = await transfer("ours", ["/one"]);
  const stranger = await freshet.token({ tenant: "elsewhere" });
  await look(id, stranger);
  await screen.page.getByRole("heading", { name: "There is no such task" }).waitFor();
});

test.each(["/slow/a", "/one"])("detail_%s_deletedWhileWatched_saysSo", async (path) => {
  const id = await transfer("short-lived", [path]);
  if (path === "/one") await ended(id);
  await look(id);
  await badge(path === "/one" ? "completed" : "running")
    .first()
    .waitFor();
  await freshet.send(token, "DELETE", `/api/v1/tasks/${id}`);
  await screen.page.getByText("This task was deleted").waitFor();
  await screen.page.getByRole("heading", { name: "short-lived" }).waitFor();
  expect(await button("Delete…").count()).toBe(0);
});

test("delete_isConfirmed_andGoesToTheList", async () => {
  const id = await transfer("to be removed", ["/one"]);
  await ended(id);
  await look(id);
  await button("Delete…").click();
  await button("Delete the task").click();
  await screen.page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor();
  await screen.connection("Live");
  await row("to be removed").waitFor({ state: "hidden" });
});

describe.each(looks)("%s, %s", (name, colorScheme, viewport) => {
  test("tasks_areAccessible_andFit", async () => {
    const failing = await transfer(`A transfer that fails on ${name}`, ["/one", "/missing"]);
    const running = await transfer("", ["/slow/a-name-that-is-rather-long_and_more.mrc", "/two"]);
    await ended(failing);
    await screen.close();
    screen = await Screen.open(browser, { colorScheme, viewport });
    await screen.signIn(`${freshet.url}/console/tasks`, token);
    await row("rather-long").first().waitFor();
    await screen.connection("Live");
    await checkLook(screen);
    await button("New transfer…").click();
    await screen.page.getByLabel("Sources").fill("nonsense");
    await dialogIsThere();
    await checkLook(screen);
    await screen.page.goto(`${freshet.url}/console/tasks/${running}`);
    await screen.page.locator("figure canvas").waitFor();
    await screen.connection("Live");
    await screen.page.getByRole("img", { name: /^Rate over time: .*\/s now/ }).waitFor();
    await checkLook(screen);
    await button("Cancel…").click();
    await dialogIsThere();
    await checkLook(screen);
    await screen.page.goto(`${freshet.url}/console/tasks/${failing}`);
    await screen.page.getByText("This task failed").waitFor();
    await checkLook(screen);
    await freshet.send(token, "DELETE", `/api/v1/tasks/${running}`);
    await screen.page.goto(`${freshet.url}/console/tasks/${running}`);
    await screen.page.getByRole("heading", { name: "There is no such task" }).waitFor();
    await checkLook(screen);
  });
});
