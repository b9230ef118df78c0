import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, test } from "vitest";
import { checkLook, looks } from "./checkLook";
import { Freshet } from "./Freshet";
import { Microscope } from "./Microscope";
import { launch, phone, Screen } from "./Screen";

let freshet: Freshet;
let browser: Browser;
let token: string;

beforeAll(async () => {
  [freshet, browser] = await Promise.all([Freshet.start(), launch()]);
  token = await freshet.token();
  const microscope = new Microscope(freshet, token);
  for (const status of ["started", "paused", "planned", "completed", "abandoned"]) {
    await microscope.begin(status, `An acquisition that is ${status}`);
    if (status !== "started") await microscope.setStatus(status, status);
  }
  for (let i = 0; i < 8; i++) await microscope.processed("started", 3 + i / 4, 10 + 3 * i);
});

afterAll(async () => {
  await browser?.close();
  await freshet?.close();
});

describe.each(looks)("%s, %s", (_, colorScheme, viewport) => {
  const open = () => Screen.open(browser, { colorScheme, viewport });

  test("signIn_isAccessible", async () => {
    const screen = await open();
    await screen.page.goto(`${freshet.url}/#login=wrong`);
    await screen.page.getByText("This login link no longer works").waitFor();
    await screen.pasteToken("odd");
    await check(screen);
  });

  test("overview_isAccessible_andFits", async () => {
    const screen = await open();
    await screen.signIn(freshet.url, token);
    await screen.page.getByText("that is abandoned").waitFor();
    await screen.connection("Live");
    await check(screen);
  });

  test("acquisition_isAccessible_andFits", async () => {
    const screen = await open();
    await screen.signIn(`${freshet.url}/console/acquisitions/started`, token);
    const charts = screen.page.getByRole("img", { name: /micrographs/ });
    await charts.nth(4).locator("canvas").waitFor();
    await screen.page.locator("tr[data-micrograph]").first().waitFor();
    await screen.page.getByText("As a table").first().click();
    await screen.connection("Live");
    await check(screen);
  });

  test.each(["logs", "instructions"])("acquisition_%s_areAccessible_andFit", async (tab) => {
    const screen = await open();
    await screen.signIn(`${freshet.url}/console/acquisitions/started?tab=${tab}`, token);
    await screen.page.getByRole("tabpanel").waitFor();
    await screen.connection("Live");
    await check(screen);
  });

  test("acquisitionThatIsNone_isAccessible_andFits", async () => {
    const screen = await open();
    await screen.signIn(`${freshet.url}/console/acquisitions/nowhere`, token);
    await screen.page.getByRole("heading", { name: "There is no such acquisition" }).waitFor();
    await check(screen);
  });

  test("streams_areAccessible_andFit", async () => {
    const screen = await open();
    await screen.signIn(`${freshet.url}/console/streams`, token);
    await screen.page.getByRole("listitem").first().getByRole("button").click();
    await screen.page.getByRole("button", { name: "Copy JSON" }).waitFor();
    await check(screen);
  });
});

test("phone_pages_areInAMenu_andByKeyboard", async () => {
  const screen = await Screen.open(browser, { viewport: phone });
  await screen.signIn(freshet.url, token);
  await screen.page.getByRole("button", { name: "Pages" }).focus();
  await screen.page.keyboard.press("Enter");
  await screen.page.getByRole("menuitem", { name: "Streams" }).waitFor();
  // The first one, and round to the last.
  await screen.page.keyboard.press("ArrowDown");
  await screen.page.keyboard.press("ArrowUp");
  await screen.page.keyboard.press("Enter");
  await screen.page.getByRole("heading", { name: "Streams" }).waitFor();
  await screen.close();
});

async function check(screen: Screen): Promise<void> {
  await checkLook(screen);
  await screen.close();
}
