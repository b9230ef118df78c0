import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = resolve(import.meta.dirname, "../../../../run");
const readyWithinMs = 60_000;

/** A server that lives for seconds is best compiled once, and not well. */
const lively = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

/** What `run` is told: not that it is under test, or it would build a console for developers. */
const { NODE_ENV: _, FRESHET_JAVA_OPTS = lively, ...others } = process.env;
const env = { ...others, FRESHET_JAVA_OPTS };

/** Builds what is out of date, so that servers that start together need not. */
export async function build(): Promise<void> {
  await promisify(execFile)(run, [], { env: { ...env, FRESHET_BUILD: "only" } });
}

export interface TokenOptions {
  readonly tenant?: string;
  readonly subject?: string;
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly ttl?: string;
}

/** A real server in a process of its own, with a store that outlives it. */
export class Freshet {
  readonly url: string;
  readonly #port: number;
  readonly #data: string;
  readonly #settings: readonly string[];
  readonly #tokens = new Map<string, Promise<string>>();
  #process: ChildProcess | null = null;
  #output = "";

  private constructor(port: number, data: string, settings: readonly string[]) {
    this.#settings = ["stream.heartbeat=2s", "stream.retry=300ms", ...settings];
    this.#port = port;
    this.#data = data;
    this.url = `http://127.0.0.1:${port}`;
  }

  /**
   * @param command `demo` adds simulated microscopes and a login link
   * @param settings such as `microscopy.stale-after=2s`
   */
  static async start(
    command: "serve" | "demo" = "serve",
    settings: readonly string[] = [],
  ): Promise<Freshet> {
    const data = await mkdtemp(join(tmpdir(), "freshet-"));
    const freshet = new Freshet(await freePort(), data, settings);
    await freshet.restart(command);
    return freshet;
  }

  /** On the same port and store. */
  async restart(command: "serve" | "demo" = "serve"): Promise<void> {
    const args = [command, "--port", String(this.#port), "--data", this.#data];
    const settings = this.#settings.flatMap((setting) => ["--set", setting]);
    const started = spawn(run, [...args, ...settings], { stdio: ["ignore", "pipe", "pipe"], env });
    this.#process = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on("data", (chunk) => {
        this.#output += chunk;
      });
    }
    await this.#ready(started);
  }

  /** What the server has written so far. */
  get output(): string {
    return this.#output;
  }

  /** Without a chance to say goodbye. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async close(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.#data, { recursive: true, force: true });
  }

  /** The same for the same, unless it is to end soon. */
  token(options: TokenOptions = {}): Promise<string> {
    if (options.ttl !== undefined) return this.#issue(options);
    const key = JSON.stringify(options);
    const token = this.#tokens.get(key) ?? this.#issue(options);
    this.#tokens.set(key, token);
    return token;
  }

  async #issue(options: TokenOptions): Promise<string> {
    const { tenant = "lab", subject = "ann", read = ["**"], write = ["**"], ttl = "1h" } = options;
    const patterns = [
      ...read.flatMap((pattern) => ["--read", pattern]),
      ...write.flatMap((pattern) => ["--write", pattern]),
    ];
    const named = ["token", "--tenant", tenant, "--subject", subject, "--ttl", ttl];
    const args = [...named, ...patterns, "--data", this.#data];
    const { stdout } = await promisify(execFile)(run, args, { env });
    return stdout.trim();
  }

  /** A request of a client of its own, beside the browser. */
  async send(token: string, method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  async #ready(started: ChildProcess): Promise<void> {
    const deadline = Date.now() + readyWithinMs;
    for (;;) {
      if (started.exitCode !== null) throw new Error(`the server ended: ${this.#output}`);
      if (Date.now() > deadline) throw new Error(`the server does not get ready: ${this.#output}`);
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
