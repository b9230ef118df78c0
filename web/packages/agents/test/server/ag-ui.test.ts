import { HttpAgent } from "@ag-ui/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Freshet } from "../../../../console/test/browser/Freshet";
import { type Fetch, resumingFetch } from "../../src/ag-ui";

const page = "Make a landing page for a tea shop";

let freshet: Freshet;
let headers: Record<string, string>;
let threads = 0;

beforeAll(async () => {
  const settings = ["agents.scripted-delay=1ms", "agents.pace=1ms", "agents.tools.edit-file=ask"];
  freshet = await Freshet.start("serve", settings);
  const token = await freshet.token({ read: ["none"], write: ["agents/runs"] });
  headers = { Authorization: `Bearer ${token}` };
});

afterAll(() => freshet?.close());

function agentFor(task: string, fetch?: Fetch, threadId = `thread-${++threads}`): HttpAgent {
  const url = `${freshet.url}/api/agent/ag-ui`;
  const agent = new HttpAgent({ url, headers, threadId, ...(fetch && { fetch }) });
  agent.addMessage({ id: "task", role: "user", content: task });
  return agent;
}

/** Runs until nobody is asked any more; answers how often somebody was. */
async function approving(agent: HttpAgent): Promise<{ asked: number; result: unknown }> {
  let { result } = await agent.runAgent({ runId: "run-0" });
  let asked = 0;
  while (agent.pendingInterrupts.length > 0) {
    const resume = agent.pendingInterrupts.map(({ id, toolCallId }) => {
      const calls = agent.messages.flatMap((m) => (m.role === "assistant" && m.toolCalls) || []);
      expect(calls.map((call) => call.id)).toContain(toolCallId);
      return { interruptId: id, status: "resolved" as const, payload: { approved: true } };
    });
    ({ result } = await agent.runAgent({ runId: `run-${++asked}`, resume }));
  }
  return { asked, result };
}

/** A conversation without what is of one run only. */
function conversation(agent: HttpAgent): string {
  const execution = (agent.state as { readonly executionId: string }).executionId;
  return JSON.stringify(agent.messages).replaceAll(execution, "…");
}

/** Breaks each stream after so many bytes. */
function breaking(after: number): { readonly fetch: Fetch; readonly count: () => number } {
  let count = 0;
  const cut: Fetch = async (url, init) => {
    const { body, status, headers: answered } = await fetch(url, init);
    if (body === null || status !== 200) return new Response(body, { status, headers: answered });
    count++;
    let left = after;
    const pipe = new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        controller.enqueue(bytes.slice(0, left));
        left -= bytes.length;
        if (left <= 0) controller.terminate();
      },
    });
    return new Response(body.pipeThrough(pipe), { status, headers: answered });
  };
  return { fetch: resumingFetch({ fetch: cut, retryMs: 1 }), count: () => count };
}

test("task_isCarriedOut_throughAnApproval_toMessagesAndState", async () => {
  const agent = agentFor(page);
  const { asked, result } = await approving(agent);
  expect(asked).toBeGreaterThan(0);
  expect(result).toEqual(expect.any(String));
  expect(agent.state).toMatchObject({ task: page, status: "completed", currentPhase: null });
  expect(Object.keys((agent.state as { files: object }).files)).toContain("index.html");
  const answers = agent.messages.filter(({ role }) => role === "tool");
  const calls = agent.messages.flatMap((m) => (m.role === "assistant" && m.toolCalls) || []);
  expect(answers.map((m) => m.role === "tool" && m.toolCallId)).toEqual(calls.map(({ id }) => id));
  for (const call of calls) expect(() => JSON.parse(call.function.arguments)).not.toThrow();
  expect(agent.messages.at(-1)).toMatchObject({ role: "assistant", content: result });
});

test("U2: streamsThatBreak_comeToTheSameConversation", async () => {
  const whole = agentFor(page);
  await approving(whole);
  const { fetch, count } = breaking(3000);
  const broken = agentFor(page, fetch);
  await approving(broken);
  expect(count()).toBeGreaterThan(5);
  expect(conversation(broken)).toBe(conversation(whole));
});

test("runThatFails_tellsWhy", async () => {
  const agent = agentFor("Do something impossible");
  const errors: string[] = [];
  await agent.runAgent({}, { onRunErrorEvent: ({ event }) => void errors.push(event.message) });
  expect(errors).toEqual([expect.stringMatching(/./)]);
  expect(agent.state).toMatchObject({ status: "failed" });
});

test("sameRunAgain_isToldFromItsBeginning_toWhoHeardItAndWhoDidNot", async () => {
  const agent = agentFor(page);
  await agent.runAgent({ runId: "run-0" });
  const told = conversation(agent);
  const reloaded = agentFor(page, undefined, agent.threadId);
  await reloaded.runAgent({ runId: "run-0" });
  expect(conversation(reloaded)).toBe(told);
  agent.pendingInterrupts = [];
  await agent.runAgent({ runId: "run-0" });
  expect(conversation(agent)).toBe(told);
});

test("U2: abortedAndAttachedAgain_afterAPosition_getsExactlyWhatItMissed", async () => {
  const input = {
    threadId: `thread-${++threads}`,
    runId: "run-0",
    messages: [{ id: "task", role: "user", content: page }],
  };
  const read = async (position?: string): Promise<readonly string[]> => {
    const answer = await fetch(`${freshet.url}/api/agent/ag-ui`, {
      method: "POST",
      headers: {
        ...headers,
        "Content-Type": "application/json",
        Accept: "text/event-stream",
        ...(position && { "Last-Event-ID": position }),
      },
      body: JSON.stringify(input),
    });
    const blocks = (await answer.text()).split("\n\n");
    return blocks.filter((block) => /^data: /m.test(block));
  };
  const whole = await read();
  const positions = whole.map((block) => /^id: (.*)$/m.exec(block)?.[1]);
  for (const [at, position] of positions.entries()) {
    if (position !== undefined && at % 7 === 0)
      expect(await read(position)).toEqual(whole.slice(at + 1));
  }
});
