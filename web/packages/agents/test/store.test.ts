import { describe, expect, onTestFinished, test, vi } from "vitest";
import { agentStoreOf, createAgentStore, executionSource } from "../src/core";
import { completed, delta, event, frame, runOf, snapshot, started, thought } from "./support/runs";
import { LIVE, LiveServer } from "./support/server";

function open(server: LiveServer, executionId: string) {
  const stream = executionSource(executionId, { retryMs: 2 }).open({
    url: server.url,
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(stream.close);
  return stream;
}

describe("the store", () => {
  test("keeps_what_a_stream_tells_of_the_current_run", async () => {
    const server = await LiveServer.start();
    server.begin = () => [snapshot(started(), delta("t1", 0, "Hm")), LIVE];
    const store = createAgentStore();
    store.show(open(server, "r1"));
    expect(store.getState().currentId).toBe("r1");
    await vi.waitFor(() => {
      expect(store.getState()).toMatchObject({
        currentExecution: { task: "Count", status: "running", phases: [] },
        thinkingSteps: [{ text: "Hm" }],
        connection: { name: "open", live: true },
        error: undefined,
      });
    });
  });

  test("thinkingSteps_areTheSameList_untilAThoughtChanges", async () => {
    const server = await LiveServer.start();
    server.begin = () => [snapshot(started(), thought("t1", "Hm")), LIVE];
    const store = createAgentStore();
    store.show(open(server, "r1"));
    await vi.waitFor(() => expect(store.getState().connection).toMatchObject({ live: true }));
    const { thinkingSteps } = store.getState();
    const call = event("tool:start", { callId: "c1", toolName: "calculate", params: {} });
    server.send(frame(call, "p1"));
    await vi.waitFor(() => expect(store.getState().currentExecution?.steps).toHaveLength(2));
    expect(store.getState().thinkingSteps).toBe(thinkingSteps);
    server.send(frame(delta("t2", 0, "So"), "p2"));
    await vi.waitFor(() => expect(store.getState().thinkingSteps).toHaveLength(2));
    expect(store.getState().thinkingSteps[0]).toBe(thinkingSteps[0]);
  });

  test("failed_saysWhy_andRetrying_too", async () => {
    const server = await LiveServer.start();
    const store = createAgentStore();
    server.refuse = () => 503;
    store.show(open(server, "r1"));
    await vi.waitFor(() => {
      expect(store.getState()).toMatchObject({
        connection: { name: "retrying" },
        error: { status: 503 },
      });
    });
    server.refuse = () => 404;
    await vi.waitFor(() => {
      expect(store.getState()).toMatchObject({
        connection: { name: "failed" },
        error: { status: 404 },
      });
    });
  });

  test("bound_dropsThoseThatWereFollowedLongestAgo_neverOneThatIsFollowedOrCurrent", () => {
    const store = createAgentStore({ keep: 2 });
    for (const id of ["r1", "r2", "r3", "r4", "r5"]) store.adopt(runOf(started(id)));
    expect([...store.getState().runs.keys()]).toEqual(["r4", "r5"]);
    store.getState().select("r4");
    for (const id of ["r6", "r7", "r8"]) store.adopt(runOf(started(id)));
    expect([...store.getState().runs.keys()]).toEqual(["r4", "r7", "r8"]);
    expect(store.getState().currentExecution?.executionId).toBe("r4");
  });

  test("many_followedAndLeft_areBounded", async () => {
    const server = await LiveServer.start();
    server.begin = () => [LIVE];
    const store = createAgentStore({ keep: 2 });
    const leave = ["r1", "r2", "r3", "r4", "r5"].map((id) => store.follow(open(server, id)));
    expect(store.getState().runs.size).toBe(5);
    for (const each of leave) each();
    expect([...store.getState().runs.keys()]).toEqual(["r4", "r5"]);
  });

  test("followedTwice_isIdleWhenBothHaveLeft_andStays", async () => {
    const server = await LiveServer.start();
    server.begin = () => [snapshot(started()), LIVE];
    const store = createAgentStore();
    const stream = open(server, "r1");
    const leave = [store.show(stream), store.follow(stream)];
    await vi.waitFor(() => expect(store.getState().currentExecution).toBeDefined());
    leave[0]?.();
    expect(store.getState().connection.name).toBe("open");
    leave[1]?.();
    expect(store.getState()).toMatchObject({
      connection: { name: "idle" },
      currentExecution: { executionId: "r1" },
    });
  });

  test("followedAgain_showsWhatItKnew_untilThereIsMore", async () => {
    const server = await LiveServer.start();
    server.begin = () => [];
    const store = createAgentStore();
    const known = runOf(started(), completed());
    store.adopt(known);
    store.show(open(server, "r1"));
    await vi.waitFor(() => expect(server.opened).toHaveLength(1));
    expect(store.getState().currentExecution).toBe(known);
    server.send(frame(started(), "p1"), frame(delta("t1", 0, "x"), "p2"));
    await vi.waitFor(() => expect(store.getState().connection.name).toBe("open"));
    expect(store.getState().currentExecution).toBe(known);
    server.send(frame(completed("other"), "p3"), LIVE);
    await vi.waitFor(() => {
      expect(store.getState().currentExecution).toMatchObject({ result: "other" });
    });
  });

  test("adopt_ofARunThatIsKnownFurther_changesNothing", () => {
    const store = createAgentStore();
    const known = runOf(started(), completed());
    store.adopt(known);
    store.adopt(runOf(started()));
    expect(store.getState().runs.get("r1")?.execution).toBe(known);
  });

  test("follow_doesNotMakeARunTheCurrentOne_showDoes", async () => {
    const server = await LiveServer.start();
    const store = createAgentStore();
    store.show(open(server, "r1"));
    store.follow(open(server, "r2"));
    expect(store.getState().currentId).toBe("r1");
    expect([...store.getState().runs.keys()]).toEqual(["r1", "r2"]);
  });

  test("select_showsAnother_orNone", () => {
    const store = createAgentStore();
    store.adopt(runOf(started("r1"), thought("t1", "Hm")));
    expect(store.getState().currentExecution).toBeUndefined();
    store.getState().select("r1");
    expect(store.getState().thinkingSteps).toHaveLength(1);
    store.getState().select(undefined);
    expect(store.getState()).toMatchObject({ currentExecution: undefined, thinkingSteps: [] });
  });

  test("isOne_forEachServer", () => {
    const server = { url: "/" };
    expect(agentStoreOf(server)).toBe(agentStoreOf(server));
    expect(agentStoreOf(server)).not.toBe(agentStoreOf({ url: "/" }));
  });
});
