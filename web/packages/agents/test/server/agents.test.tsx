import { openApplicationStream, type Server } from "@freshet/client";
import { renderHook, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { Freshet } from "../../../../console/test/browser/Freshet";
import {
  type Execution,
  getExecution,
  listExecutions,
  readRecording,
  reduceAll,
  setViewers,
  useAgentExecution,
  useAgentSSE,
  useAgentStore,
} from "../../src";
import { useAgentSSE as useAgentSSEInVue } from "../../src/vue";
import { providing } from "../support/react";
import { delta, Reporter, thought } from "../support/reporting";
import { composing } from "../support/vue";

let freshet: Freshet;
/** Who may start runs. */
let ann: Server;
/** Who may do nothing but what others let him. */
let bo: Server;

beforeAll(async () => {
  freshet = await Freshet.start("serve");
  [ann, bo] = await Promise.all([serverAs("ann"), serverAs("bo")]);
});

afterAll(() => freshet?.close());

async function serverAs(subject: string): Promise<Server> {
  const token = await freshet.token({ subject });
  return { url: freshet.url, token: () => token };
}

const wait = (check: () => void | Promise<void>) => waitFor(check, { timeout: 20_000 });

/** A run on a screen of React's, and one of Vue's. */
const screens = {
  React(server: Server, executionId: string) {
    const { result } = renderHook(
      () => {
        const { execution, connection, error } = useAgentSSE(executionId);
        return { execution, connection, error };
      },
      { wrapper: providing(server) },
    );
    return () => result.current;
  },
  Vue(server: Server, executionId: string) {
    const { result } = composing(server)(() => useAgentSSEInVue(executionId));
    const { execution, connection, error } = result;
    return () => ({
      execution: execution.value,
      connection: connection.value,
      error: error.value,
    });
  },
};

const textOf = (run: Execution | undefined) =>
  run?.steps.map((step) => (step.kind === "thinking" ? step.text : step.toolName)).join("|");

describe.each(Object.entries(screens))("%s", (_, watch) => {
  test("run_reportedOverHttp_isWatchedAsItHappens_toItsEnd", async () => {
    const agent = await Reporter.begin(ann, "Count the tea");
    const screen = watch(ann, agent.executionId);
    await wait(() => expect(screen().connection).toEqual({ name: "open", live: true }));
    expect(screen().execution).toMatchObject({ task: "Count the tea", status: "running" });
    const plan = { goal: "Know", phases: [{ id: "p1", name: "Count" }] };
    await agent.report(
      { type: "plan:created", data: { plan } },
      { type: "phase:start", data: { phaseId: "p1", phaseName: "Count", phaseIndex: 0 } },
    );
    await agent.think("t1", "Let ", "me ", "see…\n😀");
    await wait(() => expect(textOf(screen().execution)).toBe("Let me see…\n😀"));
    const call = { callId: "c1", toolName: "calculate" };
    await agent.report(
      thought("t1", "Let me see…\n😀"),
      { type: "tool:start", data: { ...call, params: { expression: "6*7" } } },
      {
        type: "tool:complete",
        data: {
          ...call,
          ...{ status: "succeeded", result: 42, error: null, duration: 1, files: [] },
        },
      },
      {
        type: "phase:complete",
        data: { phaseId: "p1", phaseName: "Count", phaseIndex: 0, duration: 3 },
      },
    );
    await wait(() => expect(screen().execution?.phases[0]?.status).toBe("completed"));
    expect(screen().execution).toEqual(await getExecution(ann, agent.executionId));
    await agent.complete("42");
    await wait(() => expect(screen().connection).toEqual({ name: "ended", reason: "completed" }));
    expect(screen().execution).toEqual(await getExecution(ann, agent.executionId));
  });

  test("U1: late_hasTheRunSoFar_andWhatIsOverWhole", async () => {
    const agent = await Reporter.begin(ann, "Count the tea");
    await agent.think("t1", "One, ", "two");
    const late = watch(ann, agent.executionId);
    await wait(() => expect(textOf(late().execution)).toBe("One, two"));
    await agent.report(thought("t1", "One, two"));
    await agent.complete("2");
    await wait(() => expect(late().connection.name).toBe("ended"));
    const later = watch(ann, agent.executionId);
    await wait(() => expect(later().connection.name).toBe("ended"));
    expect(later().execution).toEqual(late().execution);
  });

  test("U2: serverThatDies_andComesBack_losesNothing", async () => {
    const agent = await Reporter.begin(ann, "Count the tea");
    const screen = watch(ann, agent.executionId);
    await agent.think("t1", "One, ");
    await wait(() => expect(textOf(screen().execution)).toBe("One, "));
    await freshet.kill();
    await wait(() => expect(screen().connection.name).toBe("retrying"));
    expect(textOf(screen().execution)).toBe("One, ");
    await freshet.restart();
    await agent.report(delta("t1", 5, "two"), thought("t1", "One, two"));
    await wait(() => expect(textOf(screen().execution)).toBe("One, two"));
    await agent.complete("2");
    await wait(() => expect(screen().connection.name).toBe("ended"));
    expect(screen().execution).toEqual(await getExecution(ann, agent.executionId));
  });

  test("A1: stranger_is404_untilTheOwnerNamesHim_andRevokedWhenNoMore", async () => {
    const agent = await Reporter.begin(ann, "Count the tea");
    const stranger = watch(bo, agent.executionId);
    await wait(() => expect(stranger().connection.name).toBe("failed"));
    expect(stranger()).toMatchObject({ error: { status: 404 }, execution: undefined });
    await setViewers(ann, agent.executionId, ["bo"]);
    const viewer = watch(bo, agent.executionId);
    await wait(() => expect(viewer().execution?.viewers).toEqual(["bo"]));
    await setViewers(ann, agent.executionId, []);
    await wait(() => expect(viewer().connection.name).toBe("failed"));
    await agent.complete("0");
  });
});

test("nobodysRun_is404", async () => {
  const screen = screens.React(ann, "nobodys");
  await wait(() => expect(screen().error).toMatchObject({ status: 404 }));
});

test("cancel_andApprove_areTheServersDoing", async () => {
  const agent = await Reporter.begin(ann, "Count the tea");
  const { result } = renderHook(
    () => {
      useAgentSSE(agent.executionId);
      const run = useAgentStore((state) => state.currentExecution);
      return { run, ...useAgentExecution() };
    },
    { wrapper: providing(ann) },
  );
  const call = { callId: "c1", toolName: "create_file", params: { path: "tea.csv" } };
  await agent.report({
    type: "approval:requested",
    data: { approvalId: "a1", ...call, expiresAt: null },
  });
  await wait(() => expect(result.current.run?.status).toBe("waiting"));
  await result.current.approve("a1", "go on");
  await wait(() => expect(result.current.run?.status).toBe("running"));
  expect(result.current.run?.approvals).toMatchObject([
    { decision: "approved", by: "ann", reason: "go on" },
  ]);
  await result.current.reject("a1");
  await wait(() => expect(result.current.error?.code).toBe("approval_resolved"));
  await result.current.cancelExecution("enough");
  await wait(() => expect(result.current.isExecuting).toBe(false));
  expect(result.current.run).toMatchObject({
    status: "cancelled",
    cancelled: { by: "ann", reason: "enough" },
    steps: [{ status: "cancelled" }],
  });
  expect(result.current.run).toEqual(await getExecution(ann, agent.executionId));
  await expect(agent.complete("0")).rejects.toMatchObject({ code: "execution_finished" });
});

test("recording_reducesToTheRun_alsoAtEachOfItsEvents", async () => {
  const agent = await Reporter.begin(ann, "Count the tea");
  await agent.think("t1", "One, ", "two");
  await agent.report(thought("t1", "One, two"));
  const half = await readRecording(ann, agent.executionId);
  expect(reduceAll(undefined, half)).toEqual(await getExecution(ann, agent.executionId));
  await agent.complete("2");
  const events = await readRecording(ann, agent.executionId);
  expect(events.map(({ type }) => type)).toEqual([
    "execution:started",
    "thinking:delta",
    "thinking:delta",
    "thinking",
    "execution:complete",
  ]);
  expect(reduceAll(undefined, events)).toEqual(await getExecution(ann, agent.executionId));
  const { executions } = await listExecutions(ann, { status: ["completed"], limit: 1 });
  expect(executions[0]).toMatchObject({ executionId: agent.executionId, status: "completed" });
});

test("U7: afterItsEnd_aRunIs204", async () => {
  const agent = await Reporter.begin(ann, "Count the tea");
  await agent.complete("0");
  const path = `api/agent/stream/${agent.executionId}`;
  const first = openApplicationStream({ ...ann, path });
  onTestFinished(first.close);
  await wait(() => expect(first.status.name).toBe("ended"));
  const statuses: number[] = [];
  const fetch: typeof globalThis.fetch = async (...request) => {
    const answer = await globalThis.fetch(...request);
    statuses.push(answer.status);
    return answer;
  };
  const again = openApplicationStream({ ...ann, fetch, path, after: first.position });
  onTestFinished(again.close);
  await wait(() => expect(again.status).toEqual({ name: "ended", reason: "completed" }));
  expect(statuses).toEqual([204]);
});

test("withoutDeltas_thoughtsComeWhole", async () => {
  const agent = await Reporter.begin(ann, "Count the tea");
  const { result } = renderHook(() => useAgentSSE(agent.executionId, { deltas: false }), {
    wrapper: providing(ann),
  });
  await wait(() => expect(result.current.connection).toEqual({ name: "open", live: true }));
  expect(result.current.execution).toBeDefined();
  await agent.think("t1", "One, ", "two");
  await agent.report(thought("t1", "One, two"));
  await wait(() => expect(textOf(result.current.execution)).toBe("One, two"));
  expect(result.current.execution?.sequence).toBe(2);
  await agent.complete("2");
});
