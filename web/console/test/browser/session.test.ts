import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Freshet } from "./Freshet";
import { Microscope } from "./Microscope";
import { launch, Screen } from "./Screen";

let freshet: Freshet;
let browser: Browser;
let screen: Screen;
let admin: string;

beforeAll(async () => {
  [freshet, browser] = await Promise.all([Freshet.start(), launch()]);
  const everything = ["**", "$freshet/**"];
  admin = await freshet.token({ subject: "admin", read: everything, write: everything });
  await new Microscope(freshet, admin).begin("kept", "Kept on screen");
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

const alert = (text: string) => screen.page.getByRole("alert").filter({ hasText: text });
const row = () => screen.page.getByRole("row").filter({ hasText: "Kept on screen" });

test("signIn_token_becomesACookieThatScriptsDoNotSee", async () => {
  const token = await freshet.token({ subject: "ann" });
  await screen.signIn(freshet.url, token);
  await row().waitFor();
  const [cookie] = await screen.page.context().cookies();
  expect(cookie).toMatchObject({ name: "freshet_session", httpOnly: true, sameSite: "Strict" });
  const kept = await screen.page.evaluate(
    () => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage),
  );
  expect(kept).not.toContain(token);
  await screen.page.reload();
  await row().waitFor();
});

test("signIn_notAToken_isSaidAtTheField", async () => {
  await screen.page.goto(freshet.url);
  await screen.pasteToken("not a token");
  await screen.page.getByText("This is not a token").waitFor();
});

test("signIn_foreignToken_isRefusedWithTheServersReason", async () => {
  await screen.page.goto(freshet.url);
  const [head, claims] = admin.split(".");
  await screen.pasteToken(`${head}.${claims}.c2lnbmF0dXJl`);
  await alert("The server does not accept this token").waitFor();
  await alert("token_invalid").waitFor();
});

test("signIn_expiredToken_isToldAsSuch", async () => {
  const token = await freshet.token({ ttl: "1s" });
  // Tokens are good for a little longer than they say: the issuer's clock may be off.
  await expect.poll(() => isGood(token), { timeout: 20_000, interval: 500 }).toBe(false);
  await screen.page.goto(freshet.url);
  await screen.pasteToken(token);
  await alert("This token has expired").waitFor();
});

test("signIn_wrongCode_leavesNoTraceInTheUrl_andSaysWhy", async () => {
  await screen.page.goto(`${freshet.url}/console/streams#login=wrong`);
  await alert("This login link no longer works").waitFor();
  expect(screen.page.url()).toBe(`${freshet.url}/console/streams`);
});

test("session_revoked_isShownAndAnotherGoesOn", async () => {
  const token = await freshet.token({ subject: "bob" });
  await screen.signIn(freshet.url, token);
  await row().waitFor();
  await screen.mark();
  await freshet.send(admin, "POST", "/v1/admin/revocations", { subject: "bob" });
  await alert("Your session was revoked").waitFor({ timeout: 5_000 });
  await screen.connection("Session revoked");
  await row().waitFor();

  await waitForTheNextSecond();
  await screen.page.getByRole("button", { name: "Sign in" }).click();
  await screen.pasteToken(await freshet.token({ subject: "bob", ttl: "30m" }));
  await screen.connection("Live");
  await alert("Your session was revoked").waitFor({ state: "hidden" });
  await row().waitFor();
  expect(await screen.isMarked()).toBe(true);
});

test("session_expired_isShownAndAnotherGoesOn", async () => {
  const token = await freshet.token({ subject: "carl", ttl: "4s" });
  await screen.signIn(freshet.url, token);
  await row().waitFor();
  await alert("Your session has expired").waitFor({ timeout: 25_000 });
  await row().waitFor();
  await screen.page.getByRole("button", { name: "Sign in" }).click();
  await screen.pasteToken(await freshet.token({ subject: "carl" }));
  await screen.connection("Live");
});

test("session_anotherTenantSignsIn_nothingOfTheFirstStays", async () => {
  await screen.signIn(freshet.url, await freshet.token({ subject: "dora" }));
  await row().waitFor();
  await freshet.send(admin, "POST", "/v1/admin/revocations", { subject: "dora" });
  await alert("Your session was revoked").waitFor({ timeout: 5_000 });
  await screen.page.getByRole("button", { name: "Sign in" }).click();
  await screen.pasteToken(await freshet.token({ tenant: "other", subject: "dora" }));
  await screen.page.getByText("No acquisitions yet").waitFor();
  expect(await row().count()).toBe(0);
});

test("session_signOut_endsItHereAndOnTheServer", async () => {
  await screen.signIn(freshet.url, await freshet.token({ subject: "eve" }));
  await screen.page.getByLabel("Session of eve").click();
  await screen.page.getByText("Sign out").click();
  await screen.page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await screen.page.context().cookies()).toEqual([]);
  await screen.page.reload();
  await screen.page.getByRole("heading", { name: "Sign in" }).waitFor();
});

async function isGood(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${freshet.url}/v1/session`, { headers })).ok;
}

/** Tokens tell when they were issued in whole seconds; one of the second of a revocation is revoked too. */
async function waitForTheNextSecond(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_050 - (Date.now() % 1_000)));
}
