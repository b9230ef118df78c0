import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Agent } from "./Agent";
import { checkLook, looks } from "./checkLook";
import { Freshet } from "./Freshet";
import { launch, Screen } from "./Screen";

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let token: string;
let agents = 0;
const running: Agent[] = [];

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
  for (const agent of running.splice(0)) agent.leave();
  expect(screen.complaints).toEqual([]);
  await screen.close();
});

async function newAgent(): Promise<Agent> {
  agents += 1;
  const agent = await Agent.start(freshet, token, `agent-${agents}`, { name: `Run ${agents}` });
  running.push(agent);
  return agent;
}

/** Gives an agent an instruction past the console. */
async function instruct(agent: Agent, type: string, more: object = {}): Promise<string> {
  const path = `/debug/session/${agent.session}/create-instruction`;
  const made = await freshet.send(token, "POST", path, { instruction_type: type, ...more });
  return (made as { instruction_id: string }).instruction_id;
}

async function look(as = token): Promise<void> {
  await screen.signIn(`${freshet.url}/console/instructions`, as);
  await screen.connection("Live");
}

const row = (type: string) =>
  screen.page.getByRole("row").filter({ has: screen.page.getByRole("button", { name: type }) });
const step = (type: string, name: string) =>
  row(type).locator(`[data-step="${name}"][data-reached="true"]`);
const form = () => screen.page.getByRole("form", { name: "Send an instruction" });

async function fillIn(agent: Agent, type: string, payload = ""): Promise<void> {
  await screen.page.getByRole("button", { name: "Send instruction…" }).click();
  await form().getByRole("combobox", { name: "Agent and session" }).click();
  await screen.page.getByRole("option", { name: new RegExp(`^${agent.id} ·`) }).click();
  await form().getByRole("combobox", { name: "Type" }).fill(type);
  await form().getByLabel("Payload").fill(payload);
}

const sendIt = () => form().getByRole("button", { name: "Send", exact: true }).click();

test("send_goesThroughItsLife_live", async () => {
  const agent = await newAgent();
  await look();
  await fillIn(agent, "test.walk", '{"x": 1}');
  await form()
    .getByText(/stays pending until it connects/)
    .waitFor();
  await sendIt();
  await step("test.walk", "pending").waitFor();
  await row("test.walk").getByText("expires in").waitFor();

  const stream = agent.instructions();
  const { value } = await stream.next();
  expect(value).toMatchObject({ instruction_type: "test.walk", payload: { x: 1 } });
  const id = value?.instruction_id ?? "";
  await step("test.walk", "sent").waitFor();
  await agent.acknowledge(id, "received");
  await step("test.walk", "received").waitFor();
  await agent.acknowledge(id, "processed", { result: "walked", processing_time_ms: 1234 });
  await step("test.walk", "processed").waitFor();
  await row("test.walk").getByText("1,234 ms").waitFor();
  expect(await row("test.walk").locator("time").count()).toBe(3);

  await row("test.walk").getByRole("button").click();
  await screen.page.getByText("walked", { exact: true }).waitFor();
  await screen.page.getByText('"x": 1').waitFor();
});

test("failed_saysWhy", async () => {
  const agent = await newAgent();
  await look();
  const id = await instruct(agent, "test.fail");
  await step("test.fail", "pending").waitFor();
  await agent.acknowledge(id, "failed", { error_message: "stage <b>stuck</b>" });
  await step("test.fail", "failed").waitFor();
  await row("test.fail").getByText("stage <b>stuck</b>").waitFor();
});

test("expired_isShownAsItHappens", async () => {
  const agent = await newAgent();
  await look();
  await instruct(agent, "test.expire", { expires_in_minutes: 0.03 });
  await step("test.expire", "expired").waitFor();
  expect(await step("test.expire", "sent").count()).toBe(0);
});

test("sessionCloses_whatWasOpenIsCancelled_andNothingMoreCanBeSent", async () => {
  const agent = await newAgent();
  await look();
  await instruct(agent, "test.cancel");
  await step("test.cancel", "pending").waitFor();
  await agent.close();
  await step("test.cancel", "cancelled").waitFor();
  await fillIn(agent, "test.late");
  await form().getByText("This session is closed").waitFor();
  expect(await form().getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
});

test("filter_byState_showsThoseAlone", async () => {
  const agent = await newAgent();
  await instruct(agent, "test.one");
  const id = await instruct(agent, "test.two");
  await agent.acknowledge(id, "declined", { error_message: "paused" });
  await look();
  await row("test.one").waitFor();
  await screen.page.getByRole("button", { name: /^Declined/ }).click();
  await row("test.two").waitFor();
  expect(await row("test.one").count()).toBe(0);
});

test("payload_notJson_isToldWhere", async () => {
  const agent = await newAgent();
  await look();
  await fillIn(agent, "test.json", '{\n  "x": 1\n  "y": 2\n}');
  await form().getByText('Not JSON at line 3, column 3: expected "," or "}"').waitFor();
  expect(await form().getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
});

test("send_withoutTheGrant_isRefusedInTheServersWords", async () => {
  const agent = await newAgent();
  const reader = await freshet.token({ subject: "bob", write: [] });
  await look(reader);
  await fillIn(agent, "test.forbidden");
  await sendIt();
  const alert = screen.page.getByRole("alert");
  await alert.filter({ hasText: "You may not give this agent instructions" }).waitFor();
  await alert.filter({ hasText: "write grant" }).waitFor();
  expect(await row("test.forbidden").count()).toBe(0);
});

describe.each(looks)("%s, %s", (_, colorScheme, viewport) => {
  test("instructions_areAccessible_andFit", async () => {
    const agent = await newAgent();
    await instruct(agent, "test.pending");
    for (const status of ["received", "processed", "failed", "declined"]) {
      const id = await instruct(agent, `test.${status}`, { priority: "urgent", payload: { a: 1 } });
      await agent.acknowledge(id, status, { error_message: status === "failed" ? "why" : null });
    }
    await screen.close();
    screen = await Screen.open(browser, { colorScheme, viewport });
    await look();
    await row("test.failed").first().getByRole("button").click();
    await screen.page.getByText('"a": 1').waitFor();
    await checkLook(screen);
    await screen.page.getByRole("button", { name: "Send instruction…" }).click();
    await form().getByLabel("Payload").fill("{");
    await checkLook(screen);
  });
});
