import { describe, expect, test, vi } from "vitest";
import { isReactive, nextTick, ref } from "vue";
import { type Documents, documents } from "../../client/test/support/live-server";
import { json, serve } from "../../client/test/support/server";
import { useLiveResource, useTaskDetail } from "../src";
import { appOf } from "./support/app";

const quick = { retryMs: 1, retryCapMs: 2 };

describe("useLiveResource", () => {
  test("withoutAStream_polls_intoTheCache", async () => {
    let n = 0;
    const url = await serve((_, response) => json(response, 200, { n: n++ }));
    const { result, client } = appOf(url)(() =>
      useLiveResource<{ n: number }>({ key: ["n"], url: "n", intervalMs: 5 }),
    );
    expect(result.data.value).toBeUndefined();
    await vi.waitFor(() => expect(result.data.value?.n).toBeGreaterThan(2));
    expect(result.mode.value).toBe("polling");
    expect(client.getQueryData(["n"])).toEqual(result.data.value);
  });

  test("withAStream_aSnapshot_thenTheStream_sharedByAllOfTheKey", async () => {
    const paths: string[] = [];
    let opened: Documents | undefined;
    const url = await serve(({ url: { pathname: path } }, response) => {
      paths.push(path);
      if (path.endsWith("stream")) opened = documents(response, { n: 2, deep: {} });
      else json(response, 200, { n: 1, deep: {} });
    });
    const use = appOf(url);
    const options = { key: ["n"], url: "n", streamUrl: "n/stream" };
    const { result: one, client } = use(() =>
      useLiveResource<{ n: number; deep: object }>(options),
    );
    const { result: two } = use(() => useLiveResource<{ n: number; deep: object }>(options));
    await vi.waitFor(() => expect(one.data.value?.n).toBe(2));
    const deep = one.data.value?.deep;
    expect(isReactive(deep)).toBe(false);
    opened?.send({ n: 3, deep: {} });
    await vi.waitFor(() => expect(two.data.value?.n).toBe(3));
    expect(one.data.value).toBe(two.data.value);
    expect(one.data.value?.deep).toBe(deep);
    expect(one.mode.value).toBe("streaming");
    expect(paths).toEqual(["/n", "/n/stream"]);
    client.setQueryData(["n"], { n: 50, deep: {} });
    await vi.waitFor(() => expect(two.data.value?.n).toBe(50));
    await client.invalidateQueries({ queryKey: ["n"] });
    await vi.waitFor(() => expect(paths).toEqual(["/n", "/n/stream", "/n"]));
    await vi.waitFor(() => expect(one.data.value?.n).toBe(1));
  });

  test("repeatedFailures_poll_andTheStreamIsComeBackTo", async () => {
    let healthy = false;
    const url = await serve(({ url: { pathname: path } }, response) => {
      if (!path.endsWith("stream")) json(response, 200, 1);
      else if (healthy) documents(response, 2);
      else response.writeHead(503).end();
    });
    const { result } = appOf(url)(() =>
      useLiveResource<number>({
        ...quick,
        key: ["n"],
        url: "n",
        streamUrl: "n/stream",
        intervalMs: 5,
        streamAgainMs: 30,
      }),
    );
    await vi.waitFor(() => expect(result.mode.value).toBe("polling"));
    expect(result.data.value).toBe(1);
    healthy = true;
    await vi.waitFor(() => expect(result.mode.value).toBe("streaming"));
    await vi.waitFor(() => expect(result.data.value).toBe(2));
  });

  test("anotherKey_showsItsOwnData_andNeverTheOldOnes", async () => {
    const streams = new Map<string, Documents>();
    const url = await serve(({ url: { pathname: path } }, response) => {
      const name = path.split("/")[1] ?? "";
      if (path.endsWith("stream")) streams.set(name, documents(response, `${name} live`));
      else json(response, 200, name);
    });
    const name = ref("one");
    const { result, scope, client } = appOf(url)(() =>
      useLiveResource<string>({
        key: () => ["doc", name.value],
        url: () => name.value,
        streamUrl: () => `${name.value}/stream`,
      }),
    );
    await vi.waitFor(() => expect(result.data.value).toBe("one live"));
    name.value = "two";
    await nextTick();
    expect(result.data.value).toBeUndefined();
    await vi.waitFor(() => expect(result.data.value).toBe("two live"));
    await vi.waitFor(() => expect(streams.get("one")?.open).toBe(false));
    expect(client.getQueryData(["doc", "one"])).toBe("one live");
    expect(streams.get("two")?.open).toBe(true);
    scope.stop();
    await vi.waitFor(() => expect(streams.get("two")?.open).toBe(false));
  });

  test("disabled_isIdle_andAsksNothing", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      json(response, 200, requests);
    });
    const enabled = ref(false);
    const { result } = appOf(url)(() =>
      useLiveResource<number>({ key: ["n"], url: "n", intervalMs: 5, enabled }),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(requests).toBe(0);
    expect(result.status.value).toEqual({ name: "idle" });
    enabled.value = true;
    await vi.waitFor(() => expect(result.data.value).toBeGreaterThan(1));
    enabled.value = false;
    await nextTick();
    expect(result.mode.value).toBe("idle");
    expect(result.data.value).toBeGreaterThan(1);
  });

  test("403_failsAtOnce_andRefetchBeginsAnew", async () => {
    let status = 403;
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      if (status === 403) response.writeHead(403).end();
      else json(response, 200, 0);
    });
    const { result } = appOf(url)(() => useLiveResource<number>({ key: ["n"], url: "n" }));
    await vi.waitFor(() => expect(result.error.value?.status).toBe(403));
    expect(requests).toBe(1);
    status = 200;
    await result.refetch();
    await vi.waitFor(() => expect(result.data.value).toBe(0));
    expect(result.error.value).toBeUndefined();
  });

  test("401_twice_signsOut", async () => {
    const url = await serve((_, response) => void response.writeHead(401).end());
    const onSignOut = vi.fn();
    const token = vi.fn(() => "t");
    appOf(url, { server: { url, token }, onSignOut })(() =>
      useLiveResource({ key: ["n"], url: "n" }),
    );
    await vi.waitFor(() => expect(onSignOut).toHaveBeenCalledOnce());
    expect(token.mock.calls).toEqual([[{ fresh: false }], [{ fresh: true }]]);
  });
});

describe("useTaskDetail", () => {
  const task = (id: string, status: string) => ({ id, status, progress: { bytesDone: 0 } });

  test("isLive_untilTheTaskIsOver_andIdleWithoutAnId", async () => {
    const paths: string[] = [];
    let opened: Documents | undefined;
    const url = await serve(({ url: { pathname: path } }, response) => {
      paths.push(path);
      if (path.endsWith("stream")) opened = documents(response, task("a/b", "running"));
      else json(response, 200, task("a/b", "pending"));
    });
    const id = ref<string | undefined>(undefined);
    const { result } = appOf(url)(() => useTaskDetail(id));
    await nextTick();
    expect(result.status.value.name).toBe("idle");
    id.value = "a/b";
    await vi.waitFor(() => expect(result.data.value?.status).toBe("running"));
    opened?.send(task("a/b", "completed"));
    await vi.waitFor(() => expect(result.status.value.name).toBe("ended"));
    expect(result.data.value?.status).toBe("completed");
    expect(paths).toEqual(["/api/v1/tasks/a%2Fb", "/api/v1/tasks/a%2Fb/stream"]);
  });

  test("aTaskThatIsOver_isNotFollowed", async () => {
    const paths: string[] = [];
    const url = await serve(({ url: { pathname: path } }, response) => {
      paths.push(path);
      json(response, 200, task("7", "cancelled"));
    });
    const { result } = appOf(url)(() => useTaskDetail("7"));
    await vi.waitFor(() => expect(result.status.value.name).toBe("ended"));
    expect(paths).toEqual(["/api/v1/tasks/7"]);
  });
});
