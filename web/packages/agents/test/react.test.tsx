import { act, render, renderHook, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { describe, expect, test } from "vitest";
import {
  AgentStoreProvider,
  createAgentStore,
  type Execution,
  useAgentExecution,
  useAgentSSE,
  useAgentStore,
  useAgentStoreApi,
} from "../src";
import { providing } from "./support/react";
import { completed, delta, event, frame, runOf, snapshot, started } from "./support/runs";
import { ENDED, LIVE, LiveServer } from "./support/server";

const wait = (check: () => void) => waitFor(check, { timeout: 5000 });

const plan = event("plan:created", {
  plan: { goal: "Count", phases: [{ id: "p1", name: "Look" }] },
});

async function running(): Promise<LiveServer> {
  const server = await LiveServer.start();
  server.begin = () => [snapshot(started(), plan), LIVE];
  return server;
}

describe("useAgentSSE", () => {
  test("late_hasTheRunSoFar_thenEachEvent", async () => {
    const server = await running();
    const { result } = renderHook(() => useAgentSSE("r1"), { wrapper: providing(server) });
    expect(result.current.execution).toBeUndefined();
    await wait(() => expect(result.current.execution?.plan?.goal).toBe("Count"));
    expect(result.current.connection).toEqual({ name: "open", live: true });
    server.send(frame(delta("t1", 0, "Hm"), "p1"));
    await wait(() => expect(result.current.execution?.steps).toMatchObject([{ text: "Hm" }]));
    server.send(frame(completed(), "p2"), ENDED);
    await wait(() => expect(result.current.connection.name).toBe("ended"));
    expect(result.current.execution?.status).toBe("completed");
  });

  test("many_shareOneConnection_alsoInStrictMode_andLetGo", async () => {
    const server = await running();
    const Run = () => <p>{useAgentSSE("r1").execution?.task}</p>;
    const Providing = providing(server);
    const { container, unmount } = render(
      <StrictMode>
        <Providing>
          <Run />
          <Run />
        </Providing>
      </StrictMode>,
    );
    await wait(() => expect(container.textContent).toBe("CountCount"));
    expect(server.connections).toHaveLength(1);
    unmount();
    await wait(() => expect(server.opened).toHaveLength(0));
  });

  test("chunkOfManyEvents_rendersOnce", async () => {
    const server = await running();
    let renders = 0;
    const Run = () => {
      const { execution } = useAgentSSE("r1");
      renders++;
      return <p>{execution?.steps.length}</p>;
    };
    const Providing = providing(server);
    const { container } = render(<Run />, { wrapper: Providing });
    await wait(() => expect(container.textContent).toBe("0"));
    const before = renders;
    server.send(...Array.from({ length: 300 }, (_, i) => frame(delta(`t${i}`, 0, "x"), `p${i}`)));
    await wait(() => expect(container.textContent).toBe("300"));
    expect(renders - before).toBe(1);
  });

  test("whoDoesNotReadTheRun_andWhoSelectsAnotherPart_doNotRenderWithDeltas", async () => {
    const server = await running();
    const renders = { page: 0, phases: 0, thoughts: 0 };
    const Page = () => {
      const { connection } = useAgentSSE("r1");
      renders.page++;
      return (
        <p>
          {connection.name} <Phases /> <Thoughts />
        </p>
      );
    };
    const Phases = () => {
      const phases = useAgentStore((state) => state.currentExecution?.phases);
      renders.phases++;
      return <>{phases?.map(({ name }) => name)}</>;
    };
    const Thoughts = () => {
      const thoughts = useAgentStore((state) => state.thinkingSteps);
      renders.thoughts++;
      return <>{thoughts.map(({ text }) => text)}</>;
    };
    const { container } = render(<Page />, { wrapper: providing(server) });
    await wait(() => expect(container.textContent).toBe("open Look "));
    const before = { ...renders };
    for (let i = 0; i < 50; i++) {
      server.send(frame(delta("t1", i, "x"), `p${i + 1}`));
      await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
    }
    await wait(() => expect(container.textContent).toBe(`open Look ${"x".repeat(50)}`));
    expect(renders.page).toBe(before.page);
    expect(renders.phases).toBe(before.phases);
    expect(renders.thoughts).toBeGreaterThan(before.thoughts);
  });

  test("anotherRun_orNone_letsGoOfTheFirst", async () => {
    const server = await LiveServer.start();
    server.begin = ({ url }) => [snapshot(started(url.pathname.split("/").at(-1))), LIVE];
    const { result, rerender } = renderHook(({ id }) => useAgentSSE(id), {
      initialProps: { id: "r1" } as { id: string | undefined },
      wrapper: providing(server),
    });
    await wait(() => expect(result.current.execution?.executionId).toBe("r1"));
    rerender({ id: "r2" });
    await wait(() => expect(result.current.execution?.executionId).toBe("r2"));
    await wait(() => expect(server.opened).toHaveLength(1));
    rerender({ id: undefined });
    await wait(() => expect(server.opened).toHaveLength(0));
    expect(result.current).toMatchObject({ connection: { name: "idle" }, execution: undefined });
  });

  test("404_failsAtOnce_andReopenTriesAgain", async () => {
    const server = await running();
    server.refuse = () => 404;
    const { result } = renderHook(() => useAgentSSE("r1"), { wrapper: providing(server) });
    await wait(() => expect(result.current.connection.name).toBe("failed"));
    expect(result.current.error).toMatchObject({ status: 404 });
    server.refuse = () => undefined;
    act(() => result.current.reopen());
    await wait(() => expect(result.current.execution?.task).toBe("Count"));
    expect(result.current.error).toBeUndefined();
  });
});

describe("useAgentExecution", () => {
  const answered = (execution: Execution = runOf(started())) => execution;

  test("start_followsTheRun_untilItIsOver", async () => {
    const server = await running();
    server.answers["POST /api/agent/execute"] = () => answered();
    const { result } = renderHook(() => useAgentExecution(), { wrapper: providing(server) });
    expect(result.current).toMatchObject({ isExecuting: false, executionId: undefined });
    let begun: Promise<Execution | undefined> | undefined;
    act(() => {
      begun = result.current.startExecution("Count");
    });
    expect(result.current.isExecuting).toBe(true);
    await act(async () => expect(await begun).toEqual(runOf(started())));
    expect(result.current).toMatchObject({ isExecuting: true, executionId: "r1" });
    expect(server.asked[0]).toMatchObject({
      body: { task: "Count" },
      headers: { "idempotency-key": expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    await wait(() => expect(server.opened).toHaveLength(1));
    server.send(frame(completed(), "p1"), ENDED);
    await wait(() => expect(result.current.isExecuting).toBe(false));
  });

  test("L3: startWithoutAnAnswer_isRepeatedWithTheSameKey_anotherWithAnother", async () => {
    const server = await running();
    server.answers["POST /api/agent/execute"] = () => answered();
    const keys: unknown[] = [];
    let refused = 503;
    server.refuse = (what, headers) => {
      if (what !== "POST /api/agent/execute") return undefined;
      keys.push(headers["idempotency-key"]);
      return refused || undefined;
    };
    const { result } = renderHook(() => useAgentExecution(), { wrapper: providing(server) });
    await act(async () => expect(await result.current.startExecution("Count")).toBeUndefined());
    expect(result.current).toMatchObject({ isExecuting: false, error: { status: 503 } });
    refused = 0;
    await act(() => result.current.startExecution("Count"));
    expect(result.current.error).toBeUndefined();
    await act(() => result.current.startExecution("Count"));
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  test("refusedForGood_isTheError_andTheNextStartIsAnother", async () => {
    const server = await running();
    const keys: unknown[] = [];
    server.refuse = (_, headers) => {
      keys.push(headers["idempotency-key"]);
      return 422;
    };
    const { result } = renderHook(() => useAgentExecution(), { wrapper: providing(server) });
    await act(() => result.current.startExecution("Count"));
    await act(() => result.current.startExecution("Count"));
    expect(result.current.error).toMatchObject({ status: 422 });
    expect(new Set(keys).size).toBe(2);
  });

  test("approve_reject_cancel_share_areForTheCurrentRun", async () => {
    const server = await running();
    const viewers = ["bo"];
    const path = "/api/agent/executions/r1";
    server.answers[`POST ${path}/approvals/a1`] = () => answered();
    server.answers[`POST ${path}/cancel`] = () => answered();
    server.answers[`PUT ${path}/viewers`] = () => answered({ ...runOf(started()), viewers });
    const both = () => ({ run: useAgentSSE("r1").execution, ...useAgentExecution() });
    const { result } = renderHook(both, { wrapper: providing(server) });
    await wait(() => expect(result.current.run).toBeDefined());
    await act(() => result.current.approve("a1"));
    await act(() => result.current.reject("a1", "no"));
    await act(() => result.current.cancelExecution("enough"));
    await act(() => result.current.share(viewers));
    expect(server.asked.map(({ body }) => body)).toEqual([
      { decision: "approve" },
      { decision: "reject", reason: "no" },
      { reason: "enough" },
      { viewers },
    ]);
    expect(result.current.run).toMatchObject({ viewers, plan: { goal: "Count" } });
    expect(server.connections).toHaveLength(1);
  });

  test("cancelledWhileItStarts_isCancelledOnceItHasBegun", async () => {
    const server = await running();
    server.answers["POST /api/agent/execute"] = async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return answered();
    };
    server.answers["POST /api/agent/executions/r1/cancel"] = () => answered();
    const { result } = renderHook(() => useAgentExecution(), { wrapper: providing(server) });
    await act(async () => {
      void result.current.startExecution("Count");
      await result.current.cancelExecution();
    });
    expect(server.asked.map(({ what }) => what)).toEqual([
      "POST /api/agent/execute",
      "POST /api/agent/executions/r1/cancel",
    ]);
  });

  test("ofARunThatIsGiven_followsIt_untilItIsOver", async () => {
    const server = await running();
    const { result } = renderHook(() => useAgentExecution({ executionId: "r1" }), {
      wrapper: providing(server),
    });
    expect(result.current.isExecuting).toBe(false);
    await wait(() => expect(result.current.isExecuting).toBe(true));
    server.send(frame(completed(), "p1"), ENDED);
    await wait(() => expect(result.current.isExecuting).toBe(false));
    await wait(() => expect(server.opened).toEqual([]));
  });

  test("besideUseAgentSSE_ofAnotherRunThanTheOneBefore_meansThatOne", async () => {
    const server = await LiveServer.start();
    server.begin = ({ url }) => [snapshot(started(url.pathname.split("/").at(-1))), LIVE];
    const store = createAgentStore();
    store.adopt(runOf(started("r1")));
    store.getState().select("r1");
    const Providing = providing(server);
    const both = () => [useAgentSSE("r2").execution?.executionId, useAgentExecution().executionId];
    const { result } = renderHook(both, {
      wrapper: ({ children }) => (
        <Providing>
          <AgentStoreProvider store={store}>{children}</AgentStoreProvider>
        </Providing>
      ),
    });
    await wait(() => expect(result.current).toEqual(["r2", "r2"]));
    await wait(() => expect(server.opened).toHaveLength(1));
  });

  test("withoutARun_thereIsNothingToCancel", async () => {
    const server = await running();
    const { result } = renderHook(() => useAgentExecution(), { wrapper: providing(server) });
    await act(async () => expect(await result.current.cancelExecution()).toBeUndefined());
    expect(server.asked).toEqual([]);
  });
});

test("AgentStoreProvider_givesAnotherStore", async () => {
  const server = await running();
  const store = createAgentStore();
  const Providing = providing(server);
  const { result } = renderHook(() => useAgentStoreApi(), {
    wrapper: ({ children }) => (
      <Providing>
        <AgentStoreProvider store={store}>{children}</AgentStoreProvider>
      </Providing>
    ),
  });
  expect(result.current).toBe(store);
});
