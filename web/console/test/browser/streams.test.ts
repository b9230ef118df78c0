import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Freshet } from "./Freshet";
import { launch, Screen } from "./Screen";

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let token: string;

beforeAll(async () => {
  [freshet, browser] = await Promise.all([Freshet.start(), launch()]);
  token = await freshet.token();
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

const follow = (search: string) => screen.signIn(`${freshet.url}/console/streams${search}`, token);
const rows = () => screen.page.getByRole("list", { name: "Events" }).getByRole("listitem");
const rowOf = (text: string) => rows().filter({ hasText: text });
const form = () => screen.page.getByRole("form", { name: "Publish an event" });

function publish(topic: string, type: string, data?: unknown): Promise<unknown> {
  return freshet.send(token, "POST", "/v1/events", { topic, type, data });
}

async function fillIn(topic: string, type: string, data: string): Promise<void> {
  await form().getByLabel("Topic").fill(topic);
  await form().getByLabel("Type").fill(type);
  await form().getByLabel("Data").fill(data);
  await form().getByRole("button", { name: "Publish" }).click();
}

test("tail_eventsAndStates_areShownAsTheyHappen", async () => {
  await follow('?topic=["tail/**"]');
  await screen.connection("Live");
  await publish("tail/1", "order.created", { total: 12 });
  await publish("elsewhere/1", "order.created", { total: 13 });
  await freshet.send(token, "PUT", "/v1/state/tail/2", { status: "new" });
  await rowOf("order.created").waitFor();
  await rowOf("state.update").waitFor();
  expect(await rows().count()).toBe(2);

  await rowOf("order.created").getByRole("button").click();
  await screen.page.getByText('"total": 12').waitFor();
});

test("tail_publishForm_publishes", async () => {
  await follow('?topic=["form/*"]');
  await screen.connection("Live");
  await fillIn("form/1", "note.written", '{"text": "<b>kept as text</b>"}');
  await form()
    .getByText(/^Published at position/)
    .waitFor();
  await rowOf("note.written").getByRole("button").click();
  await rows().getByText('"text": "<b>kept as text</b>"').waitFor();
});

test("publish_whatTheServerRefuses_isSaidAtTheField", async () => {
  await follow("");
  await fillIn("not a topic", "note.written", "");
  await form().getByLabel("Topic").and(form().locator("[aria-invalid=true]")).waitFor();
  await form().getByLabel("Topic").fill("form/1");
  await form().getByLabel("Type").fill("state.update");
  await form().getByRole("button", { name: "Publish" }).click();
  await form().getByLabel("Type").and(form().locator("[aria-invalid=true]")).waitFor();
  await form().getByLabel("Data").fill("{");
  await form()
    .getByText(/^Not JSON/)
    .waitFor();
});

test("publish_withoutAGrant_isRefusedInTheServersWords", async () => {
  const limited = await freshet.token({ subject: "limited", write: ["mine/**"] });
  await screen.signIn(`${freshet.url}/console/streams`, limited);
  await fillIn("yours/1", "note.written", "");
  await form().getByLabel("Topic").and(form().locator("[aria-invalid=true]")).waitFor();
});

test("tail_wrongPattern_isSaidAtTheField_andCanBeMended", async () => {
  await follow("");
  const patterns = screen.page.getByRole("combobox", { name: "Topic patterns" });
  await patterns.fill("a/**/b");
  await patterns.press("Enter");
  await screen.page.locator("[aria-invalid=true]").first().waitFor();
  await screen.connection("Failed");
  await patterns.press("Backspace");
  await screen.connection("Live");
});

test("tail_paused_holdsBackAndShowsAfterwards", async () => {
  await follow('?topic=["paused/*"]');
  await screen.connection("Live");
  await publish("paused/1", "before");
  await rowOf("before").waitFor();
  await screen.page.getByRole("button", { name: "Pause", exact: true }).click();
  await publish("paused/1", "during");
  await screen.page.getByText("1 event held back").waitFor();
  expect(await rowOf("during").count()).toBe(0);
  await screen.page.getByRole("button", { name: "Resume", exact: true }).click();
  await rowOf("during").waitFor();
  await screen.page.getByRole("button", { name: "Clear", exact: true }).click();
  await screen.page.getByText("Nothing yet").waitFor();
});

test("tail_serverKilledAndRestarted_losesAndDoublesNothing", async () => {
  await follow('?topic=["restart/*"]');
  await screen.connection("Live");
  for (let i = 0; i < 10; i++) await publish("restart/1", `tick-${i}`);
  await rowOf("tick-9").waitFor();
  await freshet.kill();
  await screen.connection(/Reconnecting/);
  await freshet.restart();
  for (let i = 10; i < 15; i++) await publish("restart/1", `tick-${i}`);
  await rowOf("tick-14").waitFor();
  const types = (await rows().locator("button > span:nth-child(3)").allInnerTexts()).filter(
    (type) => type.startsWith("tick"),
  );
  expect(types).toEqual(Array.from({ length: 15 }, (_, i) => `tick-${i}`));
});

test("tail_manyEvents_keepsTheLastAndStaysAtTheEnd", async () => {
  await follow('?topic=["many/*"]');
  await screen.connection("Live");
  for (let batch = 0; batch < 12; batch++) {
    const events = Array.from({ length: 500 }, (_, i) => ({
      topic: "many/1",
      type: "tick",
      data: batch * 500 + i,
    }));
    await freshet.send(token, "POST", "/v1/events", events);
  }
  await screen.page.getByText("5,000 events shown, 1,000 older no longer kept").waitFor();
  await rows().filter({ hasText: /5999$/ }).waitFor();
  expect(await rows().count()).toBeLessThan(100);
});
