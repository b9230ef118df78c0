import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkLook, looks } from "./checkLook";
import { Freshet } from "./Freshet";
import { launch, Screen } from "./Screen";

const administration = ["**", "$freshet/**"];

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let admin: string;
/** Answers that nobody holds are collected, and their connections with them. */
const following: { leaving: AbortController; answer?: Response }[] = [];

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
  for (const { leaving } of following.splice(0)) leaving.abort();
  expect(screen.complaints).toEqual([]);
  await screen.close();
});

/** Follows a topic past the console. */
async function follow(subject: string, topic: string): Promise<Response> {
  const token = await freshet.token({ subject });
  const leaving = new AbortController();
  const followed: (typeof following)[number] = { leaving };
  following.push(followed);
  const answer = await fetch(`${freshet.url}/v1/stream?topic=${topic}&type=tick`, {
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
    signal: leaving.signal,
  });
  followed.answer = answer;
  expect(answer.status).toBe(200);
  return answer;
}

async function look(token = admin): Promise<void> {
  await screen.signIn(`${freshet.url}/console/connections`, token);
}

const row = (subject: string) =>
  screen.page.locator("tr[data-connection]").filter({ hasText: subject });

test("list_saysWhoFollowsWhat_andHowMuchTheyGot", async () => {
  await follow("robot", "orders/*");
  await look();
  await screen.connection("Live");
  const robot = row("robot");
  await robot.getByText("orders/*").waitFor();
  await robot.getByText("tick", { exact: true }).waitFor();
  await robot.getByText("Current", { exact: true }).waitFor();
  await robot.getByRole("cell", { name: "lab" }).waitFor();
  await robot.getByText("127.0.0.1").waitFor();
  await freshet.send(admin, "POST", "/v1/events", [
    { topic: "orders/1", type: "tick", data: 1 },
    { topic: "orders/1", type: "tick", data: 2 },
  ]);
  await robot.getByText("2 events").waitFor();
});

test("totals_areDrawnAsTimeGoesBy", async () => {
  await look();
  const charts = screen.page.getByRole("img", { name: /over time/ });
  await charts.nth(1).locator("canvas").waitFor();
  await screen.page.getByRole("img", { name: /^Open streams over time: [1-9]/ }).waitFor();
});

test("end_isAskedFor_thenDone_andTheClientIsTold", async () => {
  const leaver = await follow("leaver", "orders/*");
  await look();
  await row("leaver").getByRole("button", { name: "End the stream of leaver" }).click();
  const dialog = screen.page.getByRole("dialog");
  await dialog.getByText("follows orders/*").waitFor();
  await dialog.getByRole("button", { name: "Leave it open" }).click();
  await dialog.waitFor({ state: "hidden" });
  await row("leaver").getByRole("button").click();
  await dialog.getByRole("button", { name: "End stream" }).click();
  await screen.page.getByText("The stream of leaver is ended.").waitFor();
  expect(await leaver.text()).toContain('"reason":"closed"');
  await row("leaver").getByText("ended by an administrator").waitFor();
  expect(await row("leaver").getByRole("button").count()).toBe(0);
});

test("clientThatLeft_isSaidToHaveGone", async () => {
  await follow("gone", "orders/*");
  await look();
  await row("gone").getByText("Current", { exact: true }).waitFor();
  following.pop()?.leaving.abort();
  await row("gone").getByText("the client went away").waitFor();
});

test("filter_byStateAndWords", async () => {
  await follow("one", "alpha/*");
  await follow("two", "beta/*");
  await look();
  await row("one").first().waitFor();
  await screen.page.getByLabel("Find a stream").fill("beta");
  await row("two").waitFor();
  await row("one").waitFor({ state: "detached" });
  await screen.page.getByLabel("Find a stream").fill("nobody like that");
  await screen.page.getByRole("button", { name: "Show all" }).click();
  await row("one").first().waitFor();
});

test("withoutTheGrant_thePageSaysSo", async () => {
  await look(await freshet.token({ subject: "bob" }));
  await screen.page.getByRole("heading", { name: /is for administrators/ }).waitFor();
  await screen.page.getByText("$freshet/**").waitFor();
  await screen.page.getByText("of bob").waitFor();
});

test("withoutTheWriteGrant_nothingCanBeEnded_andThePageSaysSo", async () => {
  await follow("stays", "orders/*");
  await look(await freshet.token({ subject: "eve", read: administration }));
  await row("stays").waitFor();
  await screen.page.getByText("needs a write grant for $freshet/**").waitFor();
  expect(await row("stays").getByRole("button").count()).toBe(0);
});

test("serverGone_theListIsMarkedAsOld_andComesBack", async () => {
  await look();
  await row("ann").first().waitFor();
  await screen.connection("Live");
  await freshet.kill();
  await screen.page.getByText("The list is not up to date").waitFor();
  await screen.page.getByText("Not live.").waitFor();
  await freshet.restart();
  await screen.wake();
  await screen.connection("Live");
  await screen.page.getByText("The list is not up to date").waitFor({ state: "hidden" });
});

describe.each(looks)("%s, %s", (_, colorScheme, viewport) => {
  test("connections_areAccessible_andFit", async () => {
    await follow("a.very.long.subject@an-institute.example", "instruments/*/acquisitions/**");
    await screen.close();
    screen = await Screen.open(browser, { colorScheme, viewport });
    await look();
    await row("a.very").first().waitFor();
    await screen.page
      .getByRole("img", { name: /over time/ })
      .nth(1)
      .locator("canvas")
      .waitFor();
    await checkLook(screen);
    await row("a.very").first().getByRole("button").click();
    await screen.page.getByRole("button", { name: "End stream" }).waitFor();
    await checkLook(screen);
  });

  test("connectionsWithoutTheGrant_areAccessible_andFit", async () => {
    await screen.close();
    screen = await Screen.open(browser, { colorScheme, viewport });
    await look(await freshet.token());
    await screen.page.getByRole("heading", { name: /is for administrators/ }).waitFor();
    await checkLook(screen);
  });
});
