import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Agent } from "./Agent";
import { Freshet } from "./Freshet";
import { Microscope } from "./Microscope";
import { launch, Screen } from "./Screen";
import { shiftsOf, watchShifts } from "./shifts";

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let token: string;
let microscope: Microscope;

beforeAll(async () => {
  const settings = [
    "microscopy.stale-after=3s",
    "microscopy.offline-after=6s",
    "microscopy.backlog=120",
  ];
  [freshet, browser] = await Promise.all([Freshet.start("serve", settings), launch()]);
  token = await freshet.token({ subject: "operator" });
  microscope = new Microscope(freshet, token);
  await microscope.begin("first", "Ribosome, first grid");
  await microscope.begin("second", "Ribosome, second grid");
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

const cards = () => screen.page.getByRole("list", { name: "Agents" }).getByRole("listitem");
const card = (id: string) => cards().filter({ hasText: id });

test("agents_none_saysHowTheyCome", async () => {
  await screen.signIn(freshet.url, token);
  await screen.page.getByText("No agent has reported yet").waitFor();
});

test("agent_heartbeatsStop_isStaleThenOffline_andNothingMoves", async () => {
  const agent = await Agent.start(freshet, token, "silent", { acquisition_uuid: "first" });
  await screen.signIn(freshet.url, token);
  await screen.connection("Live");
  await agent.heartbeat();
  await card("silent").getByText("Online").waitFor();
  await card("silent").getByText(agent.session).waitFor();
  await card("silent").getByRole("link", { name: "Ribosome, first grid" }).waitFor();
  await watchShifts(screen);
  await card("silent").getByText("2 s ago").waitFor();
  await card("silent").getByText("Stale").waitFor();
  await card("silent").getByText("Offline").waitFor();
  await agent.heartbeat();
  await card("silent").getByText("Online").waitFor();
  expect(await shiftsOf(screen)).toEqual([]);

  await agent.close();
  await card("silent").getByText("Offline").waitFor();
  await card("silent").getByText("none open").waitFor();
});

test("agent_itsStream_isCountedAsAConnection", async () => {
  const agent = await Agent.start(freshet, token, "connected");
  await screen.signIn(freshet.url, token);
  const connections = card("connected").locator("dl > div", { hasText: "Connections" });
  await connections.getByText("0", { exact: true }).waitFor();
  const ended = (async () => {
    for await (const _ of agent.instructions());
  })().catch(() => undefined);
  await connections.getByText("1", { exact: true }).waitFor();
  agent.leave();
  await ended;
  await connections.getByText("0", { exact: true }).waitFor();
  await agent.close();
});

test("agents_onAnAcquisitionsPage_areItsOwn", async () => {
  const here = await Agent.start(freshet, token, "agent-here", { acquisition_uuid: "second" });
  const there = await Agent.start(freshet, token, "agent-there", { acquisition_uuid: "first" });
  await there.heartbeat();
  await here.heartbeat();
  await screen.signIn(`${freshet.url}/console/acquisitions/second`, token);
  await card("agent-here").getByText("Online").waitFor();
  expect(await cards().count()).toBe(1);
  await screen.page.getByRole("tab", { name: "Logs" }).click();
  await here.log([{ message: "Written here" }]);
  await there.log([{ message: "Written there" }]);
  await here.log([{ message: "Written here again" }]);
  await screen.page.getByText("Written here again").waitFor();
  await screen.page.getByText("Written here", { exact: true }).waitFor();
  expect(await screen.page.getByText("Written there").count()).toBe(0);

  // It goes on to another acquisition.
  await here.close();
  await Agent.start(freshet, token, "agent-here", { acquisition_uuid: "first" });
  await screen.page.getByRole("tab", { name: "Overview" }).click();
  await screen.page.getByText("No agent has a session for this acquisition.").waitFor();
});

test("acquisition_serverGivesLessOfThePast_isLiveAllTheSame", async () => {
  await microscope.processed("second", 3.2, 11);
  await screen.signIn(`${freshet.url}/console/acquisitions/second`, token);
  await screen.connection("Live");
  await screen.page.getByRole("img", { name: /^Histogram of CTF resolution. 1 mic/ }).waitFor();
  await microscope.processed("second", 3.2, 11);
  await screen.page.getByRole("img", { name: /^Histogram of CTF resolution. 2 mic/ }).waitFor();
});
