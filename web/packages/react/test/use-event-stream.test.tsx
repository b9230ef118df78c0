import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import { type ReactNode, StrictMode, useState } from "react";
import { describe, expect, test } from "vitest";
import { event, liveServer } from "../../client/test/support/live-server";
import { FreshetProvider, useEventStream } from "../src";

function providing(url: string, lingerMs = 0, token?: () => string) {
  return ({ children }: { readonly children: ReactNode }) => (
    <FreshetProvider server={{ url, token }} lingerMs={lingerMs}>
      {children}
    </FreshetProvider>
  );
}

function Status({ topic = "a/*" }: { readonly topic?: string }) {
  const { status } = useEventStream({ topics: [topic] });
  return <output>{status.name}</output>;
}

describe("useEventStream", () => {
  test("mounted_opens_unmounted_closes", async () => {
    const server = await liveServer();
    const view = render(<Status />, { wrapper: providing(server.url) });
    expect(screen.getByRole("status").textContent).toBe("connecting");
    await screen.findByText("open");
    expect(server.opened).toHaveLength(1);
    view.unmount();
    await waitFor(() => expect(server.opened).toHaveLength(0));
    expect(server.connections).toHaveLength(1);
  });

  test("strictMode_opensOneConnection", async () => {
    const server = await liveServer();
    render(
      <StrictMode>
        <Status />
      </StrictMode>,
      { wrapper: providing(server.url, 1000) },
    );
    await screen.findByText("open");
    expect(server.connections).toHaveLength(1);
  });

  test("same_shareOneConnection_whateverTheOrderOfTopics", async () => {
    const server = await liveServer();
    function Two() {
      const one = useEventStream({ topics: ["a", "b"], types: ["x", "y"] });
      const two = useEventStream({ topics: ["b", "a"], types: ["y", "x"] });
      return <output>{`${one.status.name} ${one.stream === two.stream}`}</output>;
    }
    const view = render(<Two />, { wrapper: providing(server.url) });
    await screen.findByText("open true");
    expect(server.connections).toHaveLength(1);
    view.unmount();
    await waitFor(() => expect(server.opened).toHaveLength(0));
  });

  test("lastOfMany_closesTheConnection", async () => {
    const server = await liveServer();
    function Many() {
      const [count, setCount] = useState(3);
      const items = Array.from({ length: count }, (_, i) => i);
      return (
        <button type="button" onClick={() => setCount(count - 1)}>
          {items.map((i) => (
            <Status key={i} />
          ))}
        </button>
      );
    }
    render(<Many />, { wrapper: providing(server.url) });
    await waitFor(() => expect(screen.getAllByText("open")).toHaveLength(3));
    for (const left of [2, 1]) {
      act(() => screen.getByRole("button").click());
      expect(screen.getAllByText("open")).toHaveLength(left);
      expect(server.opened).toHaveLength(1);
    }
    act(() => screen.getByRole("button").click());
    await waitFor(() => expect(server.opened).toHaveLength(0));
    expect(server.connections).toHaveLength(1);
  });

  test("fromAPosition_isNotShared", async () => {
    const server = await liveServer();
    function Two() {
      useEventStream({ topics: ["a"], after: "p1" });
      useEventStream({ topics: ["a"], after: "p1" });
      return null;
    }
    render(<Two />, { wrapper: providing(server.url) });
    await waitFor(() => expect(server.opened).toHaveLength(2));
  });

  test("otherTopics_openAnother_andCloseTheFirst", async () => {
    const server = await liveServer();
    const view = render(<Status topic="a/*" />, { wrapper: providing(server.url) });
    await screen.findByText("open");
    view.rerender(<Status topic="b/*" />);
    await waitFor(() => expect(server.connections).toHaveLength(2));
    await waitFor(() => expect(server.opened).toHaveLength(1));
    expect(server.opened[0]?.url.searchParams.get("topic")).toBe("b/*");
    await screen.findByText("open");
  });

  test("enabled_disabled_enabled", async () => {
    const server = await liveServer();
    const { result, rerender } = renderHook(
      ({ enabled }) => useEventStream({ topics: ["a"], enabled }),
      { wrapper: providing(server.url), initialProps: { enabled: true } },
    );
    await waitFor(() => expect(result.current.status.name).toBe("open"));
    rerender({ enabled: false });
    expect(result.current).toMatchObject({ status: { name: "idle" }, stream: undefined });
    await waitFor(() => expect(server.opened).toHaveLength(0));
    rerender({ enabled: true });
    await waitFor(() => expect(result.current.status).toEqual({ name: "open", live: true }));
    expect(server.connections).toHaveLength(2);
  });

  test("events_reachTheLatestListener_inOrder_withoutRendering", async () => {
    const server = await liveServer();
    let renders = 0;
    const seen: string[] = [];
    const { result, rerender } = renderHook(
      ({ mark }) => {
        renders++;
        return useEventStream<{ x: number }>({
          topics: ["a/b"],
          onEvent: ({ data }) => seen.push(`${mark}${data}`),
        });
      },
      { wrapper: providing(server.url), initialProps: { mark: "a" } },
    );
    await waitFor(() => expect(result.current.status).toEqual({ name: "open", live: true }));
    rerender({ mark: "b" });
    const before = renders;
    server.connections[0]?.send(event("p1", "x", 1), event("p2", "x", 2));
    await waitFor(() => expect(seen).toEqual(["b1", "b2"]));
    expect(renders).toBe(before);
    expect(server.connections).toHaveLength(1);
  });

  test("U2: cut_reconnectsAndResumes_onTheSameStream", async () => {
    const server = await liveServer();
    const seen: unknown[] = [];
    const { result } = renderHook(
      () => useEventStream({ topics: ["a"], retryMs: 1, onEvent: ({ data }) => seen.push(data) }),
      { wrapper: providing(server.url) },
    );
    await waitFor(() => expect(result.current.status.name).toBe("open"));
    const { stream } = result.current;
    server.connections[0]?.send(event("p1", "x", 1));
    await waitFor(() => expect(seen).toEqual([1]));
    server.connections[0]?.cut();
    await waitFor(() => expect(server.opened).toHaveLength(1));
    expect(server.opened[0]?.headers["last-event-id"]).toBe("p1");
    server.connections[1]?.send(event("p2", "x", 2));
    await waitFor(() => expect(seen).toEqual([1, 2]));
    await waitFor(() => expect(result.current.status.name).toBe("open"));
    expect(result.current.stream).toBe(stream);
  });

  test("failed_isShown_andReopened_forAllWhoShareIt", async () => {
    const server = await liveServer();
    server.refuse = 403;
    const { result } = renderHook(
      () => [useEventStream({ topics: ["a"] }), useEventStream({ topics: ["a"] })] as const,
      { wrapper: providing(server.url) },
    );
    await waitFor(() => expect(result.current[0].status).toMatchObject({ name: "failed" }));
    server.refuse = undefined;
    act(() => result.current[1].reopen());
    await waitFor(() => expect(result.current[0].status.name).toBe("open"));
    expect(result.current[1].stream).toBe(result.current[0].stream);
    expect(server.connections).toHaveLength(1);
  });

  test("anotherTokenSource_isUsedFromTheNextRequestOn", async () => {
    const server = await liveServer();
    const view = (token: string) => (
      <FreshetProvider server={{ url: server.url, token: () => token }} lingerMs={0}>
        <Status />
      </FreshetProvider>
    );
    const { rerender } = render(view("one"));
    await screen.findByText("open");
    rerender(view("two"));
    expect(server.connections).toHaveLength(1);
    server.connections[0]?.send(["stream.end", { reason: "expired" }, "p1"]);
    await waitFor(() => expect(server.connections).toHaveLength(2));
    expect(server.connections.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer one",
      "Bearer two",
    ]);
  });

  test("withoutProvider_saysSo", () => {
    expect(() => renderHook(() => useEventStream({ topics: ["a"] }))).toThrow(/FreshetProvider/);
  });
});
