import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Agent, type Line } from "./Agent";
import { checkLook, looks } from "./checkLook";
import { Freshet } from "./Freshet";
import { longestTask } from "./longestTask";
import { Microscope } from "./Microscope";
import { launch, Screen } from "./Screen";

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let token: string;
let agents = 0;

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

/** An agent that no other test has heard of. */
function newAgent(more: Readonly<Record<string, unknown>> = {}): Promise<Agent> {
  agents += 1;
  return Agent.start(freshet, token, `agent-${agents}`, more);
}

/** Shows the log of one agent, so that other tests' lines are out of the way. */
async function follow(agent: Agent, search = ""): Promise<void> {
  const path = `/console/logs?agent=${JSON.stringify([agent.id])}${search}`;
  await screen.signIn(freshet.url + path, token);
  await screen.connection("Live");
}

const grid = () => screen.page.getByRole("treegrid", { name: "Log lines" });
const rows = () => grid().getByRole("row");
const rowOf = (text: string | RegExp) => rows().filter({ hasText: text });
const counts = (text: string | RegExp) =>
  screen.page.getByTestId("log-counts").filter({ hasText: text }).waitFor();
const find = () => screen.page.getByLabel("Find in the log");
const level = (name: string) =>
  screen.page.getByRole("group", { name: "Levels" }).getByRole("button", { name });
const numbered = (from: number, to: number): Line[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ message: `line ${from + i}.` }));
const scroll = () => grid().evaluate((element) => element.scrollTop);

test("logs_backlogAndNewLines_areShown_newestLast", async () => {
  const agent = await newAgent();
  await agent.log([{ message: "before", level: "ERROR", logger_name: "stage" }]);
  await follow(agent);
  await rowOf("before").waitFor();
  await agent.log([{ message: "after" }]);
  await rowOf("after").waitFor();
  expect(await rows().locator("bdi").allInnerTexts()).toEqual(["before", "after"]);
  await expect(rowOf("before").innerText()).resolves.toMatch(/ERROR[\s\S]*agent-[\s\S]*stage/);
  await expect(rowOf("before").locator("time").getAttribute("title")).resolves.toMatch(
    /20\d\d.*UTC/,
  );
});

test("follow_atTheEnd_staysThere_scrolledUp_neverMoves", async () => {
  const agent = await newAgent();
  await agent.log(numbered(1, 400));
  await follow(agent);
  await rowOf("line 400.").waitFor();
  await agent.log(numbered(401, 500));
  await rowOf("line 500.").waitFor();
  expect(await screen.page.getByRole("button", { name: "Latest" }).count()).toBe(0);

  await grid().hover();
  await screen.page.mouse.wheel(0, -2_000);
  const jump = screen.page.getByRole("button", { name: /Latest|new$/ });
  await jump.waitFor();
  await expect.poll(scroll, { interval: 300 }).toBe(await settled());
  const before = await scroll();
  await agent.log(numbered(501, 700));
  await screen.page.getByRole("button", { name: "200 new" }).waitFor();
  expect(await scroll()).toBe(before);
  expect(await rowOf("line 700.").count()).toBe(0);

  await jump.click();
  await rowOf("line 700.").waitFor();
  await agent.log([{ message: "the last" }]);
  await rowOf("the last").waitFor();
});

/** Where the list is after its wheel has run out. */
async function settled(): Promise<number> {
  let last = Number.NaN;
  await expect
    .poll(
      async () => {
        const now = await scroll();
        const same = now === last;
        last = now;
        return same;
      },
      { interval: 250 },
    )
    .toBe(true);
  return last;
}

test("filters_levelAgentAndText_narrow_andAreKeptInTheUrl", async () => {
  const agent = await newAgent();
  const other = await newAgent();
  await agent.log([
    { message: "stage moved", level: "INFO" },
    { message: "STAGE stuck", level: "ERROR" },
    { message: "camera stuck", level: "ERROR" },
    { message: "odd", level: "Shout" },
  ]);
  await other.log([{ message: "stage stuck elsewhere", level: "ERROR" }]);
  await follow(agent);
  await counts(/^4 of/);
  await level("Error").click();
  await counts(/^2 of/);
  await find().fill("stage");
  await counts(/^1 of/);
  await expect(rows().locator("mark").allInnerTexts()).resolves.toEqual(["STAGE"]);
  await screen.page.reload();
  await rowOf("STAGE stuck").waitFor();
  expect(await rows().count()).toBe(1);

  await find().fill("no such thing");
  await screen.page.getByRole("heading", { name: "No line matches" }).waitFor();
  await screen.page.getByRole("button", { name: "Show all" }).click();
  await rowOf("stage stuck elsewhere").waitFor();
  await level("Other").click();
  await rowOf("odd").waitFor();
});

test("find_typedInTheMiddle_staysThere", async () => {
  await screen.signIn(`${freshet.url}/console/logs?find=moved`, token);
  await screen.connection("Live");
  await find().focus();
  await screen.page.keyboard.press("Home");
  await screen.page.keyboard.type("stage ");
  expect(await find().inputValue()).toBe("stage moved");
  await screen.page.waitForURL(/find=stage\+moved/);
  expect(await find().inputValue()).toBe("stage moved");
});

test("message_ofManyLines_opensByKeyboard_andIsCopied", async () => {
  await screen.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const agent = await newAgent();
  await agent.log([
    { message: "Traceback:\n  first\n  second\nValueError", level: "ERROR" },
    { message: "short" },
  ]);
  await follow(agent);
  await rowOf("+3 lines").waitFor();
  await grid().focus();
  await screen.page.keyboard.press("Home");
  await screen.page.keyboard.press("Enter");
  await rowOf("Traceback").and(screen.page.locator("[aria-expanded=true]")).waitFor();
  await expect(rowOf("Traceback").locator("pre").innerText()).resolves.toBe(
    "Traceback:\n  first\n  second\nValueError",
  );
  await screen.page.keyboard.press("ArrowDown");
  await screen.page.keyboard.press("Control+c");
  await screen.page.getByText("1 line copied").waitFor();
  expect(await copied()).toMatch(/^20\S+ INFO agent-\d+ smartem_agent: short\n$/);
  await screen.page.keyboard.press("ArrowUp");
  await screen.page.keyboard.press("ArrowLeft");
  await rowOf("Traceback").and(screen.page.locator("[aria-expanded=false]")).waitFor();

  await screen.page.getByRole("button", { name: "Copy all" }).click();
  await screen.page.getByText("2 lines copied").waitFor();
  expect((await copied()).trimEnd().split("\n")).toHaveLength(5);
});

const copied = () => screen.page.evaluate(() => navigator.clipboard.readText());

test("copy_whereTheBrowserHasNoClipboardForThePage_worksToo", async () => {
  await screen.page.addInitScript(() =>
    Object.defineProperty(navigator, "clipboard", { value: undefined }),
  );
  const agent = await newAgent();
  await agent.log([{ message: "copied all the same" }]);
  await follow(agent);
  await rowOf("copied all the same").waitFor();
  await screen.page.getByRole("button", { name: "Copy all" }).click();
  await screen.page.getByText("1 line copied").waitFor();
  await find().focus();
  await screen.page.keyboard.press("Control+v");
  expect(await find().inputValue()).toContain("copied all the same");
});

async function download(format: string): Promise<string> {
  await screen.page.getByRole("button", { name: "Download…" }).click();
  const [file] = await Promise.all([
    screen.page.waitForEvent("download"),
    screen.page.getByRole("menuitem", { name: format }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^freshet-log-\d{8}-\d{6}\.(log|jsonl)$/);
  return await readFile(await file.path(), "utf8");
}

test("download_isWhatTheFilterShows_asTextAndAsItCame", async () => {
  const agent = await newAgent();
  await agent.log([
    { message: "\u001b[31mred\u001b[0m", level: "ERROR" },
    { message: "two\nlines", level: "ERROR" },
    { message: "not shown" },
  ]);
  await follow(agent);
  await level("Error").click();
  await counts(/^2 of/);
  const text = await download("Text");
  expect(text).toMatch(/ERROR agent-\d+ smartem_agent: ␛\[31mred␛\[0m\n20.*: two\nlines\n$/);
  const lines = (await download("JSON lines")).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { agent_id: agent.id, level: "ERROR", message: "\u001b[31mred\u001b[0m" },
    { agent_id: agent.id, level: "ERROR", message: "two\nlines" },
  ]);
});

test("textOfStrangers_doesNothing", async () => {
  const agent = await newAgent();
  const nasty = [
    `<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>`,
    "\u001b]0;title\u0007\u001b[2J\u202etxt.exe",
  ];
  await agent.log(nasty.map((message) => ({ message, logger_name: "<b>bold</b>" })));
  await follow(agent);
  await rowOf('<img src=x onerror="window.hacked = true">').click();
  await rowOf("␛]0;title␇␛[2J␦txt.exe").click();
  await rows().locator("pre").nth(1).waitFor();
  expect(await grid().locator("img, script, b").count()).toBe(0);
  expect(await screen.page.evaluate(() => "hacked" in window)).toBe(false);
});

test("U2: serverKilledAndRestarted_losesAndDoublesNothing", { timeout: 180_000 }, async () => {
  const agent = await newAgent();
  await follow(agent);
  await agent.log(numbered(1, 10));
  await rowOf("line 10.").waitFor();
  await freshet.kill();
  await screen.connection(/Reconnecting/);
  await screen.page.getByText("Not live.").waitFor();
  await freshet.restart();
  await agent.log(numbered(11, 15));
  await rowOf("line 15.").waitFor();
  expect(await rows().locator("bdi").allInnerTexts()).toEqual(
    numbered(1, 15).map(({ message }) => message),
  );
});

test("A1: grants_whatMayNotBeRead_isNotThere", async () => {
  const agent = await newAgent({ instrument_id: "m77" });
  const other = await newAgent({ instrument_id: "m78" });
  await agent.log([{ message: "mine" }]);
  await other.log([{ message: "theirs" }]);
  const limited = await freshet.token({ subject: "bob", read: ["instruments/m77/**"] });
  await screen.signIn(`${freshet.url}/console/logs`, limited);
  await rowOf("mine").waitFor();
  await counts(/^1 line$/);
  expect(await screen.page.getByText(other.id).count()).toBe(0);
});

test("acquisition_itsLog_isOfItsAgents_eachLineOnce_howeverOftenItIsOpened", async () => {
  await new Microscope(freshet, token).begin("logged", "Logged");
  const agent = await newAgent({ acquisition_uuid: "logged" });
  const other = await newAgent();
  await agent.log(numbered(1, 5));
  await other.log([{ message: "elsewhere" }]);
  await screen.signIn(`${freshet.url}/console/acquisitions/logged`, token);
  await screen.connection("Live");
  for (const tab of ["Logs", "Instructions", "Logs"]) {
    await screen.page.getByRole("tab", { name: tab }).click();
  }
  await rowOf("line 5.").waitFor();
  await agent.log([{ message: "and live" }]);
  await rowOf("and live").waitFor();
  await counts(/^6 lines$/);
});

test("noLines_isSaid", async () => {
  const limited = await freshet.token({ subject: "carl", read: ["instruments/m99/**"] });
  await screen.signIn(`${freshet.url}/console/logs`, limited);
  await screen.page.getByRole("heading", { name: "No log lines yet" }).waitFor();
});

test("manyLines_arrive_areScrolledAndFiltered_withoutAStutter", { timeout: 600_000 }, async () => {
  const mostMs = 200;
  const agent = await newAgent();
  const paused = await newAgent();
  await screen.signIn(`${freshet.url}/console/logs`, token);
  await screen.connection("Live");
  await paused.log([{ message: "first of all", level: "CRITICAL" }]);
  await rowOf("first of all").waitFor();

  const arrival = await longestTask(browser, screen.page, async () => {
    const words = "of the grid square was taken, corrected for motion and estimated";
    await agent.log(
      numbered(1, 101_000).map(({ message }) => ({ message: `${message} ${words}` })),
    );
    await rowOf("line 101000.").waitFor();
  });
  await counts(/^100,000 lines, .* older no longer kept$/);
  expect(await rows().count()).toBeLessThan(150);
  expect(arrival).toBeLessThan(mostMs);

  const reading = await longestTask(browser, screen.page, async () => {
    await grid().hover();
    for (let i = 0; i < 60; i++) await screen.page.mouse.wheel(0, -1_500);
    for (let i = 0; i < 40; i++) {
      await grid().evaluate((element, part) => {
        element.scrollTop = element.scrollHeight * part;
      }, i / 40);
    }
    // While it is full, and read in the middle: each line drops another.
    await agent.log(numbered(200_001, 201_000));
  });
  expect(reading).toBeLessThan(mostMs);
  expect(await rowOf("line 201000.").count()).toBe(0);

  const filtering = await longestTask(browser, screen.page, async () => {
    await find().pressSequentially("LINE 77", { delay: 20 });
    await rowOf("line 77123.").or(rowOf("line 77999.")).first().waitFor();
    await counts(/^1,\d\d\d of 100,000 lines(, \d+ older no longer kept|, 2,\d\d\d.*)$/);
    await find().fill("");
    await level("Info").click();
    await counts(/^100,000 /);
  });
  expect(filtering).toBeLessThan(mostMs);
});

describe.each(looks)("%s, %s", (_, colorScheme, viewport) => {
  test("logs_areAccessible_andFit", async () => {
    const agent = await newAgent();
    await agent.log(
      ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "Shout"].map((level) => ({
        level,
        message: `A line of ${level}\nand more of it`,
      })),
    );
    await screen.close();
    screen = await Screen.open(browser, { colorScheme, viewport });
    await follow(agent, "&find=line");
    await rowOf("A line of ERROR").click();
    await rowOf("A line of ERROR").locator("pre").waitFor();
    await checkLook(screen);
  });
});
