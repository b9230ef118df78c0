import { Problem } from "@freshet/client";
import { describe, expect, test } from "vitest";
import {
  cancelExecution,
  createExecution,
  deleteExecution,
  executeAgent,
  getAgentModels,
  getExecution,
  isReference,
  listExecutions,
  listFiles,
  readCallResult,
  readFile,
  readRunResult,
  reportEvents,
  resolveApproval,
  setViewers,
} from "../src/core";
import { LiveServer } from "./support/server";

describe("requests", () => {
  test("each_isWhatTheProtocolSays", async () => {
    const server = await LiveServer.start();
    const run = "/api/agent/executions/r%2F1";
    const echo = ({ body }: { readonly body: unknown }) => ({ got: body });
    const expected: Record<string, unknown> = {
      "POST /api/agent/execute": { task: "t", limits: { tokens: 5 } },
      "POST /api/agent/executions": { task: "t", externalId: "x" },
      [`POST ${run}/events`]: { after: 1, events: [] },
      "GET /api/agent/executions?status=running%2Cwaiting&limit=5&cursor=c": undefined,
      [`GET ${run}`]: undefined,
      [`POST ${run}/cancel`]: { reason: "enough" },
      [`POST ${run}/approvals/a%201`]: { decision: "reject", reason: "no" },
      [`PUT ${run}/viewers`]: { viewers: ["bo"] },
      [`DELETE ${run}`]: undefined,
      [`GET ${run}/files`]: undefined,
      [`GET ${run}/files/a%20b/c.html`]: undefined,
      [`GET ${run}/results/c1`]: undefined,
      [`GET ${run}/result`]: undefined,
      "GET /api/agent/models": undefined,
    };
    for (const what of Object.keys(expected)) server.answers[what] = echo;
    await executeAgent(server, { task: "t", limits: { tokens: 5 } }, { idempotencyKey: "k" });
    await createExecution(server, { task: "t", externalId: "x" });
    await reportEvents(server, "r/1", { after: 1, events: [] });
    await listExecutions(server, { status: ["running", "waiting"], limit: 5, cursor: "c" });
    await getExecution(server, "r/1");
    await cancelExecution(server, "r/1", { reason: "enough" });
    await resolveApproval(server, "r/1", "a 1", { decision: "reject", reason: "no" });
    await setViewers(server, "r/1", ["bo"]);
    await deleteExecution(server, "r/1");
    await listFiles(server, "r/1");
    expect(await (await readFile(server, "r/1", "a b/c.html")).text()).toBe("{}");
    await readCallResult(server, "r/1", "c1");
    await readRunResult(server, "r/1");
    await getAgentModels(server);
    const asked = Object.fromEntries(server.asked.map(({ what, body }) => [what, body]));
    expect(asked).toEqual(expected);
    expect(server.asked[0]?.headers["idempotency-key"]).toBe("k");
  });

  test("R4: refused_isAProblem", async () => {
    const server = await LiveServer.start();
    const problem = await getExecution(server, "r1").catch((it: unknown) => it);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status: 404, code: "not_found" });
  });

  test("A4: token_isSent_andAskedForAgainWhereItIsRefused", async () => {
    const server = await LiveServer.start();
    server.answers["GET /api/agent/models"] = () => ({});
    server.refuse = (_, { authorization }) => (authorization === "Bearer new" ? undefined : 401);
    const token = ({ fresh }: { readonly fresh: boolean }) => (fresh ? "new" : "old");
    await getAgentModels({ url: server.url, token });
    expect(server.asked).toHaveLength(1);
  });
});

test("isReference_knowsWhatStandsForALongerString", () => {
  expect(isReference({ preview: "a", bytes: 9, href: "results/c1" })).toBe(true);
  for (const other of [null, "a", { preview: "a" }, { preview: "a", bytes: 1, href: "b", x: 1 }]) {
    expect(isReference(other)).toBe(false);
  }
});
