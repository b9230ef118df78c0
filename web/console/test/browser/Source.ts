import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const chunk = Buffer.alloc(16 * 1024, 7);
const everyMs = 50;

/** A server of files: `/slow/NAME` trickles, `/missing` is none, all others come at once. */
export class Source {
  readonly url: string;
  readonly #server: Server;
  /** Whether `/slow/…` sends all that is left at once. */
  #released = false;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Source> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const source = new Source(server);
    server.on("request", ({ url = "", method }, answer: ServerResponse) => {
      if (url.startsWith("/missing")) answer.writeHead(404).end();
      else source.#send(answer, url.startsWith("/slow/") ? 800 : 4, method === "HEAD");
    });
    return source;
  }

  hold(): void {
    this.#released = false;
  }

  release(): void {
    this.#released = true;
  }

  #send(answer: ServerResponse, chunks: number, isHead: boolean): void {
    answer.writeHead(200, { "content-length": chunks * chunk.length });
    if (isHead) {
      answer.end();
      return;
    }
    let left = chunks;
    const timer = setInterval(() => {
      const now = this.#released || chunks < 10 ? left : 1;
      for (let i = 0; i < now; i++) answer.write(chunk);
      left -= now;
      if (left === 0) answer.end();
      if (left === 0) clearInterval(timer);
    }, everyMs);
    answer.on("close", () => clearInterval(timer));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
