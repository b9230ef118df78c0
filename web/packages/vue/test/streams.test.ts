import { describe, expect, test, vi } from "vitest";
import { createSSRApp, defineComponent, h, nextTick, ref, watch } from "vue";
import { renderToString } from "vue/server-renderer";
import { event, liveServer, update } from "../../client/test/support/live-server";
import {
  createFreshet,
  useApplicationStream,
  useEventStream,
  useLiveState,
  useLiveStates,
  useServer,
} from "../src";
import { appOf } from "./support/app";

const topics = ["a/b"];

describe("useEventStream", () => {
  test("events_reachTheLatestListener_onOneConnectionForTheSameRequest", async () => {
    const server = await liveServer();
    const use = appOf(server.url);
    const heard: unknown[] = [];
    const mark = ref("one");
    const { result } = use(() =>
      useEventStream(() => {
        const by = mark.value;
        return { topics, onEvent: ({ data }) => heard.push([by, data]) };
      }),
    );
    const { result: other } = use(() => useEventStream({ topics }));
    await vi.waitFor(() => expect(result.status.value).toEqual({ name: "open", live: true }));
    mark.value = "two";
    server.opened[0]?.send(event("p1", "x", 3));
    await vi.waitFor(() => expect(heard).toEqual([["two", 3]]));
    expect(other.stream.value).toBe(result.stream.value);
    expect(server.connections).toHaveLength(1);
  });

  test("anotherRequest_opensAnotherStream_andDisposalCloses", async () => {
    const server = await liveServer();
    const wanted = ref(["a/b"]);
    const { result, scope } = appOf(server.url)(() =>
      useEventStream(() => ({ topics: wanted.value })),
    );
    await vi.waitFor(() => expect(result.status.value.name).toBe("open"));
    wanted.value = ["c/d"];
    await vi.waitFor(() => expect(server.connections).toHaveLength(2));
    await vi.waitFor(() => expect(server.opened).toHaveLength(1));
    expect(server.opened[0]?.url.searchParams.getAll("topic")).toEqual(["c/d"]);
    scope.stop();
    await vi.waitFor(() => expect(server.opened).toHaveLength(0));
  });

  test("disabled_isIdle_andAStreamFromAPositionIsNotShared", async () => {
    const server = await liveServer();
    const use = appOf(server.url);
    const enabled = ref(true);
    const { result } = use(() => useEventStream(() => ({ topics, enabled: enabled.value })));
    await vi.waitFor(() => expect(result.status.value.name).toBe("open"));
    enabled.value = false;
    await nextTick();
    expect(result.status.value).toEqual({ name: "idle" });
    expect(result.stream.value).toBeUndefined();
    await vi.waitFor(() => expect(server.opened).toHaveLength(0));
    use(() => useEventStream({ topics, after: "p0" }));
    use(() => useEventStream({ topics, after: "p0" }));
    await vi.waitFor(() => expect(server.opened).toHaveLength(2));
  });

  test("reopen_afterAFailure_isForAllWhoShare", async () => {
    const server = await liveServer();
    server.refuse = 403;
    const use = appOf(server.url);
    const [{ result: one }, { result: two }] = [
      use(() => useEventStream({ topics })),
      use(() => useEventStream({ topics })),
    ];
    await vi.waitFor(() => expect(one.status.value.name).toBe("failed"));
    server.refuse = undefined;
    two.reopen();
    await vi.waitFor(() => expect(one.status.value.name).toBe("open"));
  });
});

test("useApplicationStream_hearsBareEvents", async () => {
  const server = await liveServer();
  const heard: unknown[] = [];
  appOf(server.url)(() =>
    useApplicationStream({
      path: "frontend/events/stream",
      onEvent: ({ type, data }) => heard.push([type, data]),
    }),
  );
  await vi.waitFor(() => expect(server.opened).toHaveLength(1));
  server.opened[0]?.send(["progress", 3, "p1"]);
  await vi.waitFor(() => expect(heard).toEqual([["progress", 3]]));
});

describe("useLiveState", () => {
  test("theTopicsState_shallow_andOfAnotherTopic", async () => {
    const server = await liveServer({ "s/1": { n: 1, deep: { a: 1 } }, "s/2": { n: 2 } });
    const topic = ref("s/1");
    const { result } = appOf(server.url)(() => ({
      state: useLiveState<{ n: number; deep: object }>({ topics: ["s/*"] }, topic),
      all: useLiveStates({ topics: ["s/*"] }),
    }));
    await vi.waitFor(() => expect(result.state.value?.value.n).toBe(1));
    const deep = result.state.value?.value.deep;
    server.opened[0]?.send(update("p1", "s/1", 2, [{ op: "replace", path: "/n", value: 5 }]));
    await vi.waitFor(() => expect(result.state.value?.value.n).toBe(5));
    expect(result.state.value?.value.deep).toBe(deep);
    topic.value = "s/2";
    await nextTick();
    expect(result.state.value?.value.n).toBe(2);
    expect([...result.all.value.keys()]).toEqual(["s/1", "s/2"]);
    expect(server.connections).toHaveLength(1);
  });
});

test("useLiveState_ofAPath_changesOnlyWithItsPart", async () => {
  const server = await liveServer({ "s/1": { n: 1, lines: [{ sku: "a" }] } });
  const pointer = ref("/lines");
  let renders = 0;
  const { result } = appOf(server.url)(() => {
    const part = useLiveState<readonly unknown[]>({ topics: ["s/*"] }, "s/1", pointer);
    const n = useLiveState<number>({ topics: ["s/*"] }, "s/1", "/n");
    watch(part, () => renders++, { flush: "sync" });
    return { part, n };
  });
  await vi.waitFor(() => expect(result.part.value).toEqual([{ sku: "a" }]));
  const [before, lines] = [renders, result.part.value];
  server.opened[0]?.send(update("p1", "s/1", 2, [{ op: "replace", path: "/n", value: 5 }]));
  await vi.waitFor(() => expect(result.n.value).toBe(5));
  expect(result.part.value).toBe(lines);
  expect(renders).toBe(before);
  const added = { op: "add", path: "/lines/-", value: { sku: "b" } };
  server.opened[0]?.send(update("p2", "s/1", 3, [added]));
  await vi.waitFor(() => expect(result.part.value).toHaveLength(2));
  expect(renders).toBe(before + 1);
  expect(result.part.value?.[0]).toBe(lines?.[0]);
  pointer.value = "/lines/7/sku";
  await nextTick();
  expect(result.part.value).toBeUndefined();
  expect(server.connections).toHaveLength(1);
});

test("onAServer_nothingIsOpened", async () => {
  const server = await liveServer();
  const Page = defineComponent(() => {
    const { status } = useEventStream({ topics });
    const state = useLiveState({ topics }, "a/b");
    return () => h("p", `${status.value.name} ${state.value === undefined} ${useServer.name}`);
  });
  const app = createSSRApp(Page).use(createFreshet({ server: { url: server.url } }));
  expect(await renderToString(app)).toBe("<p>idle true useServer</p>");
  expect(server.connections).toHaveLength(0);
});

test("withoutThePlugin_theErrorSaysWhatIsMissing", () => {
  expect(() => useServer()).toThrow("app.use(createFreshet(");
});
