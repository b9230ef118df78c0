import { expect, test } from "vitest";
import { Freshet } from "./Freshet";
import { launch, Screen } from "./Screen";
import { TimedModel } from "./TimedModel";

const warmUpMs = 10_000;
const measuredMs = 20_000;

/** How old each new token is, in milliseconds: in the page, and after the frame that shows it. */
interface Ages {
  readonly inPage: number[];
  readonly shown: number[];
}

test("tokenToScreen", async () => {
  const model = await TimedModel.start(30);
  const settings = ["provider=openai", "models=timed", `base-url=${model.url}`];
  const freshet = await Freshet.start(
    "serve",
    settings.map((setting) => `agents.${setting}`),
  );
  const browser = await launch();
  try {
    const token = await freshet.token();
    const run = await freshet.send(token, "POST", "/api/agent/execute", { task: "Talk" });
    const id = (run as { executionId: string }).executionId;
    const screen = await Screen.open(browser);
    await screen.signIn(`${freshet.url}/console/runs/${id}`, token);
    await screen.page.getByTestId("thought").waitFor();
    await screen.page.waitForTimeout(warmUpMs);
    const ages = await screen.page.evaluate(watch, measuredMs);
    expect(ages.shown.length).toBeGreaterThan(100);
    process.stdout.write(`| ${row(ages.inPage)} | ${row(ages.shown)} | ${ages.shown.length} |\n`);
  } finally {
    await browser.close();
    await freshet.close();
    model.close();
  }
});

/** Runs in the page. */
function watch(lastsMs: number): Promise<Ages> {
  const turn = 36 ** 6;
  const now = () => Math.round((performance.timeOrigin + performance.now()) * 10) % turn;
  const age = (sent: number) => ((now() - sent + turn) % turn) / 10;
  const ages: Ages = { inPage: [], shown: [] };
  let newest = now();
  const observer = new MutationObserver(() => {
    const thought = document.querySelector('[data-testid="thought"]');
    const words = (thought?.textContent ?? "").match(/\b[0-9a-z]{6}\b/g) ?? [];
    const sent = words.map((word) => Number.parseInt(word, 36));
    const fresh = sent.filter((time) => time > newest && time <= now());
    if (fresh.length === 0) return;
    newest = Math.max(...fresh);
    ages.inPage.push(...fresh.map(age));
    requestAnimationFrame(() => setTimeout(() => ages.shown.push(...fresh.map(age))));
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  return new Promise((resolve) => {
    setTimeout(() => {
      observer.disconnect();
      resolve(ages);
    }, lastsMs);
  });
}

function row(ages: readonly number[]): string {
  const sorted = [...ages].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(sorted.length * part)]?.toFixed(0);
  return `${at(0.5)} | ${at(0.99)}`;
}
