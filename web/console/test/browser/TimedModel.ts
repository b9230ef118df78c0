import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const turn = 36 ** 6;

/**
 * A provider of models whose answer has no end: a token at a time, each of which says when it was
 * sent, in tenths of a millisecond, as six digits of base 36.
 */
export class TimedModel {
  readonly #server: Server;
  readonly #pace: number;

  private constructor(pace: number) {
    this.#pace = pace;
    this.#server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => this.#answer(body.includes('"tools"'), response));
    });
  }

  /**
   * @param pace milliseconds from token to token
   */
  static async start(pace: number): Promise<TimedModel> {
    const model = new TimedModel(pace);
    await new Promise<void>((resolve) => model.#server.listen(0, "127.0.0.1", resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  #answer(working: boolean, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (!working) {
      send(response, JSON.stringify({ goal: "Talk", phases: ["Talk"] }), "stop");
      response.end("data: [DONE]\n\n");
      return;
    }
    const talking = setInterval(() => {
      const now = Math.round((performance.timeOrigin + performance.now()) * 10) % turn;
      send(response, `${now.toString(36).padStart(6, "0")} `, null);
    }, this.#pace);
    response.on("close", () => clearInterval(talking));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function send(response: ServerResponse, content: string, reason: string | null): void {
  const choices = [{ index: 0, delta: { content }, finish_reason: reason }];
  const chunk = { id: "x", object: "chat.completion.chunk", model: "timed", choices };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}
