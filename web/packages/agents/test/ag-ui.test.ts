import { HttpAgent } from "@ag-ui/client";
import { describe, expect, test } from "vitest";
import { type Fetch, resumingFetch } from "../src/ag-ui";

const run = { threadId: "t", runId: "r" };

/** A run as the server has it: what belongs together, up to an id. */
const told: readonly (readonly object[])[] = [
  [
    { type: "RUN_STARTED", ...run },
    { type: "STATE_SNAPSHOT", snapshot: { status: "running" } },
  ],
  [
    { type: "TEXT_MESSAGE_START", messageId: "m", role: "assistant" },
    { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "Öne " },
  ],
  [{ type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "🦊." }],
  [{ type: "TEXT_MESSAGE_END", messageId: "m" }],
  [
    { type: "STATE_DELTA", delta: [{ op: "add", path: "/status", value: "completed" }] },
    { type: "RUN_FINISHED", ...run, result: "One.", outcome: { type: "success" } },
  ],
];

function messages(events: readonly object[], id: number): string {
  return events
    .map((event, at) => {
      const position = at === events.length - 1 ? `id: p${id}\n` : "";
      return `${position}data: ${JSON.stringify(event)}\n\n`;
    })
    .join("");
}

/** All that the server sends to who has seen as much as this. */
function stream(seen: string | null): string {
  const from = seen === null ? 0 : Number(seen.slice(1)) + 1;
  const missed = told.slice(from).map((events, at) => messages(events, from + at));
  return `: freshet\n\nretry: 1\n\n${missed.join("")}: end completed\n\n`;
}

function answer(text: Uint8Array<ArrayBuffer>, status = 200): Response {
  return status === 204 ? new Response(null, { status }) : new Response(text, { status });
}

/** A server whose connections break after so many bytes, one after the other. */
function breaking(...after: number[]): { readonly fetch: Fetch; readonly seen: (string | null)[] } {
  const seen: (string | null)[] = [];
  const fetch: Fetch = async (_, init) => {
    const position = new Headers(init.headers).get("Last-Event-ID");
    seen.push(position);
    return answer(new TextEncoder().encode(stream(position)).slice(0, after.shift()));
  };
  return { fetch, seen };
}

async function data(fetch: Fetch): Promise<unknown[]> {
  const response = await resumingFetch({ fetch, retryMs: 1 })("/", { method: "POST" });
  const blocks = (await response.text()).split("\n\n");
  return blocks.flatMap((block) => {
    const line = block.split("\n").find((each) => each.startsWith("data: "));
    return line === undefined ? [] : [JSON.parse(line.slice(6))];
  });
}

describe("resumingFetch", () => {
  const whole = new TextEncoder().encode(stream(null)).length;

  test("U2: streamThatBreaksAtAnyByte_isReadToItsEnd_eachEventOnce", async () => {
    for (let at = 0; at < whole; at += 5)
      expect(await data(breaking(at).fetch)).toEqual(told.flat());
  });

  test("U2: streamThatBreaksAgainAndAgain_goesOnAfterWhatItGave", async () => {
    const { fetch, seen } = breaking(230, 20, 260);
    expect(await data(fetch)).toEqual(told.flat());
    expect(seen).toEqual([null, "p0", "p0", "p2"]);
  });

  test("answerThatSaysNo_isGivenAsItIs_orEndsTheRun", async () => {
    const no = await resumingFetch({ fetch: async () => answer(new Uint8Array(), 422) })("/", {});
    expect(no.status).toBe(422);
    const { fetch } = breaking(230);
    let asked = 0;
    const refusing: Fetch = (url, init) =>
      asked++ === 0 ? fetch(url, init) : Promise.resolve(answer(new Uint8Array(), 404));
    await expect(data(refusing)).rejects.toThrow("HTTP 404");
  });

  test("serverThatHasNothingMore_endsIt_andOneThatIsBusyIsAskedAgain", async () => {
    const { fetch } = breaking(230);
    const statuses = [200, 503, 429, 204];
    const ending: Fetch = (url, init) => {
      const status = statuses.shift() ?? 500;
      return status === 200 ? fetch(url, init) : Promise.resolve(answer(new Uint8Array(), status));
    };
    expect(await data(ending)).toEqual(told[0]);
    expect(statuses).toEqual([]);
  });

  test("aborted_comesBackNoMore", async () => {
    const aborting = new AbortController();
    const { fetch, seen } = breaking(230);
    const response = await resumingFetch({ fetch })("/", { signal: aborting.signal });
    aborting.abort(new Error("gone"));
    await expect(response.text()).rejects.toThrow("gone");
    expect(seen).toEqual([null]);
  });

  test("HttpAgent_overStreamsThatBreak_hasTheWholeConversation", async () => {
    for (const cut of [40, 120, 200, 260, 330, 420, 500]) {
      const fetch = resumingFetch({ fetch: breaking(cut, cut).fetch });
      const agent = new HttpAgent({ url: "http://x/", threadId: "t", fetch });
      agent.addMessage({ id: "u", role: "user", content: "Go" });
      const { result } = await agent.runAgent({ runId: "r" });
      expect(result).toBe("One.");
      expect(agent.messages.map(({ content }) => content)).toEqual(["Go", "Öne 🦊."]);
      expect(agent.state).toEqual({ status: "completed" });
    }
  });
});
