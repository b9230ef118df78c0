import { describe, expect, test, vi } from "vitest";
import { nextTick, ref, watch } from "vue";
import {
  createAgentStore,
  useAgentExecution,
  useAgentSSE,
  useAgentStore,
  useAgentStoreApi,
} from "../src/vue";
import { completed, delta, frame, runOf, snapshot, started } from "./support/runs";
import { ENDED, LIVE, LiveServer } from "./support/server";
import { composing } from "./support/vue";

const wait = <T>(check: () => T) => vi.waitFor(check, { timeout: 5000 });

async function running(): Promise<LiveServer> {
  const server = await LiveServer.start();
  server.begin = ({ url }) => [snapshot(started(url.pathname.split("/").at(-1))), LIVE];
  return server;
}

describe("useAgentSSE", () => {
  test("late_hasTheRunSoFar_thenEachEvent_andTheEnd", async () => {
    const server = await running();
    const { result } = composing(server)(() => useAgentSSE("r1"));
    await wait(() => expect(result.execution.value?.task).toBe("Count"));
    server.send(frame(delta("t1", 0, "Hm"), "p1"));
    await wait(() => expect(result.execution.value?.steps).toMatchObject([{ text: "Hm" }]));
    server.send(frame(completed(), "p2"), ENDED);
    await wait(() => expect(result.connection.value.name).toBe("ended"));
    expect(result.execution.value?.status).toBe("completed");
  });

  test("many_shareOneConnection_andLetGo", async () => {
    const server = await running();
    const compose = composing(server);
    const used = [compose(() => useAgentSSE("r1")), compose(() => useAgentSSE("r1"))];
    await wait(() => {
      for (const { result } of used) expect(result.execution.value?.task).toBe("Count");
    });
    expect(server.connections).toHaveLength(1);
    for (const { stop } of used) stop();
    await wait(() => expect(server.opened).toHaveLength(0));
  });

  test("anotherRun_takesThePlaceOfTheFirst", async () => {
    const server = await running();
    const id = ref<string | undefined>("r1");
    const { result } = composing(server)(() => useAgentSSE(id));
    await wait(() => expect(result.execution.value?.executionId).toBe("r1"));
    id.value = "r2";
    await wait(() => expect(result.execution.value?.executionId).toBe("r2"));
    await wait(() => expect(server.opened).toHaveLength(1));
    id.value = undefined;
    await wait(() => expect(server.opened).toHaveLength(0));
    expect(result.connection.value).toEqual({ name: "idle" });
  });

  test("404_failsAtOnce", async () => {
    const server = await running();
    server.refuse = () => 404;
    const { result } = composing(server)(() => useAgentSSE("r1"));
    await wait(() => expect(result.connection.value.name).toBe("failed"));
    expect(result.error.value).toMatchObject({ status: 404 });
  });
});

describe("useAgentStore", () => {
  test("changes_onlyWithWhatIsSelected", async () => {
    const server = await running();
    const { result } = composing(server)(() => {
      useAgentSSE("r1");
      const phases = useAgentStore((state) => state.currentExecution?.phases);
      const thoughts = useAgentStore((state) => state.thinkingSteps);
      const changes = { phases: 0, thoughts: 0 };
      watch(phases, () => changes.phases++, { flush: "sync" });
      watch(thoughts, () => changes.thoughts++, { flush: "sync" });
      return { phases, thoughts, changes };
    });
    await wait(() => expect(result.phases.value).toEqual([]));
    const before = { ...result.changes };
    server.send(...Array.from({ length: 100 }, (_, i) => frame(delta("t1", i, "x"), `p${i + 1}`)));
    await wait(() => expect(result.thoughts.value[0]?.text).toHaveLength(100));
    await nextTick();
    expect(result.changes).toEqual({ phases: before.phases, thoughts: before.thoughts + 1 });
  });

  test("isTheOneThatIsProvided", async () => {
    const server = await running();
    const store = createAgentStore();
    const { result } = composing(server, store)(() => useAgentStoreApi());
    expect(result).toBe(store);
  });
});

describe("useAgentExecution", () => {
  test("start_followsTheRun_untilItIsOver", async () => {
    const server = await running();
    server.answers["POST /api/agent/execute"] = () => runOf(started());
    const { result } = composing(server)(() => useAgentExecution());
    expect(result.isExecuting.value).toBe(false);
    const begun = result.startExecution({ task: "Count" });
    expect(result.isExecuting.value).toBe(true);
    expect(await begun).toMatchObject({ executionId: "r1" });
    expect(result.executionId.value).toBe("r1");
    await wait(() => expect(server.opened).toHaveLength(1));
    server.send(frame(completed(), "p1"), ENDED);
    await wait(() => expect(result.isExecuting.value).toBe(false));
  });

  test("refused_isTheError", async () => {
    const server = await running();
    const { result } = composing(server)(() => useAgentExecution({ executionId: "r1" }));
    expect(await result.approve("a1")).toBeUndefined();
    expect(result.error.value).toMatchObject({ status: 404 });
    expect(server.asked[0]?.what).toBe("POST /api/agent/executions/r1/approvals/a1");
  });
});
