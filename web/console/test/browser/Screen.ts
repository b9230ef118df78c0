import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface ScreenOptions {
  readonly viewport?: { width: number; height: number };
  readonly colorScheme?: "light" | "dark";
  readonly touch?: boolean;
}

/** A browser of its own, without cookies, that notes what a page complains about. */
export class Screen {
  readonly page: Page;
  /** Errors of scripts and of the page's policy; refused requests are not among them. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      const refused = /^Failed to load resource/.test(message.text());
      if (message.type() === "error" && !refused) this.complaints.push(message.text());
    });
  }

  static async open(browser: Browser, options: ScreenOptions = {}): Promise<Screen> {
    const { viewport = desktop, colorScheme = "light", touch = false } = options;
    const context = await browser.newContext({
      viewport,
      colorScheme,
      hasTouch: touch,
      locale: "en-GB",
    });
    return new Screen(context, await context.newPage());
  }

  /** Pastes a token at the page where it is. */
  async pasteToken(token: string): Promise<void> {
    await this.page.getByLabel("Token", { exact: true }).fill(token);
    await this.page.locator("form").getByRole("button", { name: "Sign in" }).click();
  }

  async signIn(url: string, token: string): Promise<void> {
    await this.page.goto(url);
    await this.pasteToken(token);
    await this.page
      .getByRole("heading", { level: 1 })
      .and(this.page.locator(":not(:text('Sign in'))"))
      .waitFor();
  }

  /** Waits until the header says so. */
  async connection(label: string | RegExp): Promise<void> {
    await this.page.getByTestId("connection").filter({ hasText: label }).waitFor();
  }

  /** Tells the page that the network is back, so that it does not wait to connect again. */
  async wake(): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event("online")));
  }

  /** A page that is loaded again forgets its mark. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => {
      document.documentElement.dataset["marked"] = "yes";
    });
  }

  async isMarked(): Promise<boolean> {
    return await this.page.evaluate(() => document.documentElement.dataset["marked"] === "yes");
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
