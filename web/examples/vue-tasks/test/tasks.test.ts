import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Freshet } from "../../../console/test/browser/Freshet";
import { launch } from "../../../console/test/browser/Screen";

const CHUNK = Buffer.alloc(1_000_000, "x");
const CHUNKS = 4;
const root = resolve(import.meta.dirname, "..");

/** Serves a file a chunk at a time, as fast as it is told to. */
class Source {
  readonly url: string;
  readonly #server: Server;
  readonly #waiting = new Set<ServerResponse>();
  #allowed = 1;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/frames.mrc`;
    server.on("request", ({ method }, response: ServerResponse) => {
      response.writeHead(200, { "content-length": CHUNK.length * CHUNKS });
      if (method === "HEAD") {
        response.end();
        return;
      }
      this.#waiting.add(response);
      for (let i = 0; i < this.#allowed; i++) this.#write(response, i);
    });
  }

  static async start(): Promise<Source> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return new Source(server);
  }

  /** Lets one more chunk through. */
  next(): void {
    for (const response of this.#waiting) this.#write(response, this.#allowed);
    this.#allowed++;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #write(response: ServerResponse, index: number): void {
    if (index === CHUNKS - 1) response.end(CHUNK);
    else if (index < CHUNKS) response.write(CHUNK);
  }
}

let freshet: Freshet;
let browser: Browser;
let site: PreviewServer;
let source: Source;
let files: string;
let url: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), "freshet-files-"));
  const settings = [`tasks.roots=${files}`, "tasks.private-addresses=true", "tasks.interval=200ms"];
  [freshet, browser, source] = await Promise.all([
    Freshet.start("serve", settings),
    launch(),
    Source.start(),
  ]);
  const outDir = join(files, "site");
  await build({ root, logLevel: "warn", build: { outDir, emptyOutDir: true } });
  const proxy = { "/api": freshet.url };
  site = await preview({ root, build: { outDir }, preview: { port: 0, host: "127.0.0.1", proxy } });
  url = `http://127.0.0.1:${(site.httpServer.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await freshet?.close();
  source?.close();
  await rm(files, { recursive: true, force: true });
});

async function signIn(page: Page, token: string): Promise<void> {
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("aTask_isFoundByPolling_andStreamedUntilItIsOver", async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const streams: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (request.url().endsWith("/stream")) streams.push(request.url());
  });
  await page.goto(url);
  await signIn(page, "no-token-at-all");
  await page.getByText("The token was refused.").waitFor();

  const token = await freshet.token();
  await signIn(page, token);
  await page.getByText("No tasks yet.").waitFor();
  await freshet.send(token, "POST", "/api/v1/tasks", {
    kind: "transfer",
    name: "frames of grid 7",
    params: { directory: "grid7", sources: [{ url: source.url }] },
  });
  await page.getByRole("button", { name: "frames of grid 7" }).click();

  const status = page.getByTestId("status");
  const bytes = async () =>
    Number((await page.getByTestId("bytes").innerText()).replace(/\D/g, ""));
  await expect.poll(bytes, { timeout: 15_000 }).toBeGreaterThan(0.5 * CHUNK.length);
  await page.getByTestId("mode").filter({ hasText: "streaming" }).waitFor();
  expect(await status.innerText()).toBe("running");
  source.next();
  await expect.poll(bytes, { timeout: 15_000 }).toBeGreaterThan(1.5 * CHUNK.length);
  source.next();
  await expect.poll(bytes, { timeout: 15_000 }).toBeGreaterThan(2.5 * CHUNK.length);
  source.next();
  await status.filter({ hasText: "completed" }).waitFor();
  await page.getByTestId("mode").filter({ hasText: "idle" }).waitFor();
  await page.getByRole("button", { name: "frames of grid 7 completed" }).waitFor();
  expect(streams).toHaveLength(1);
  expect(complaints).toEqual([]);
  const fetched = await readFile(join(files, "lab/grid7/frames.mrc"));
  expect(fetched).toHaveLength(CHUNK.length * CHUNKS);
  await page.close();
});

test("aServerThatIsKilled_isComeBackTo_andATokenOfAnotherTenantSeesNothing", async () => {
  const page = await browser.newPage();
  await page.goto(url);
  const token = await freshet.token();
  await signIn(page, token);
  await page.getByRole("button", { name: "frames of grid 7" }).click();
  await page.getByTestId("status").filter({ hasText: "completed" }).waitFor();
  await freshet.kill();
  await page.getByRole("alert").first().waitFor();
  await freshet.restart();
  await expect.poll(() => page.getByRole("alert").count(), { timeout: 40_000 }).toBe(0);

  const other = await browser.newPage();
  await other.goto(url);
  await signIn(other, await freshet.token({ tenant: "elsewhere" }));
  await other.getByText("No tasks yet.").waitFor();
});
