import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, test } from "vitest";
import { liveServer } from "../../client/test/support/live-server";
import { FreshetProvider, useApplicationStream, useEventStream, useServer } from "../src";

function providing(url: string) {
  return ({ children }: { readonly children: ReactNode }) => (
    <FreshetProvider server={{ url }} lingerMs={0}>
      {children}
    </FreshetProvider>
  );
}

describe("useApplicationStream", () => {
  test("bareEvents_reachTheLatestListener_onOneConnectionForTheSamePath", async () => {
    const server = await liveServer();
    const heard: unknown[] = [];
    const { result, rerender } = renderHook(
      ({ mark }) => [
        useApplicationStream<{ progress: number }>({
          path: "tasks/7/stream",
          onEvent: ({ type, data }) => heard.push([mark, type, data]),
        }),
        useApplicationStream({ path: "tasks/7/stream" }),
      ],
      { wrapper: providing(server.url), initialProps: { mark: "one" } },
    );
    await waitFor(() => expect(result.current[0]?.status).toEqual({ name: "open", live: true }));
    rerender({ mark: "two" });
    server.opened[0]?.send(["progress", 3, "p1"]);
    await waitFor(() => expect(heard).toEqual([["two", "progress", 3]]));
    expect(result.current[0]?.stream).toBe(result.current[1]?.stream);
    expect(server.connections.map(({ url }) => url.pathname)).toEqual(["/tasks/7/stream"]);
  });

  test("disabled_isIdle_andCloses", async () => {
    const server = await liveServer();
    const { result, rerender } = renderHook(
      ({ enabled }) => useApplicationStream({ path: "tasks/7/stream", enabled }),
      { wrapper: providing(server.url), initialProps: { enabled: true } },
    );
    await waitFor(() => expect(result.current.status.name).toBe("open"));
    rerender({ enabled: false });
    expect(result.current).toMatchObject({ status: { name: "idle" }, stream: undefined });
    await waitFor(() => expect(server.opened).toHaveLength(0));
  });

  test("topicsAndApplications_areNotTakenForTheSame", async () => {
    const server = await liveServer();
    renderHook(
      () => {
        useApplicationStream({ path: "v1/stream?topic=a" });
        useEventStream({ topics: ["a"] });
      },
      { wrapper: providing(server.url) },
    );
    await waitFor(() => expect(server.opened).toHaveLength(2));
  });
});

describe("useServer", () => {
  test("isTheSame_untilAnotherServerIsGiven", () => {
    let url = "http://one.example/";
    const { result, rerender } = renderHook(() => useServer(), {
      wrapper: ({ children }) => <FreshetProvider server={{ url }}>{children}</FreshetProvider>,
    });
    const first = result.current;
    rerender();
    expect(result.current).toBe(first);
    url = "http://two.example/";
    rerender();
    expect(result.current.url).toBe("http://two.example/");
  });
});
