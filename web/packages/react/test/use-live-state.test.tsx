import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import { memo, type ReactNode, StrictMode, useState } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { liveServer, update } from "../../client/test/support/live-server";
import { FreshetProvider, useEventStream, useLiveState } from "../src";

const ORDERS = { topics: ["orders/*"] };

interface Order {
  readonly status: string;
  readonly lines: readonly { readonly sku: string }[];
}

const values = {
  "orders/1": { status: "new", lines: [{ sku: "a" }] },
  "orders/2": { status: "new", lines: [{ sku: "b" }] },
};

function providing(url: string) {
  return ({ children }: { readonly children: ReactNode }) => (
    <FreshetProvider server={{ url }} lingerMs={0}>
      {children}
    </FreshetProvider>
  );
}

const paid = (id: string, topic: string, version: number) =>
  update(id, topic, version, [{ op: "replace", path: "/status", value: "paid" }]);

describe("useLiveState of a topic", () => {
  test("onlyTheComponentWhoseStateChanged_rendersAgain", async () => {
    const server = await liveServer(values);
    const renders: Record<string, number> = {};
    const OrderView = memo(({ topic }: { readonly topic: string }) => {
      renders[topic] = (renders[topic] ?? 0) + 1;
      const order = useLiveState<Order>(ORDERS, topic);
      return <p>{`${topic} ${order?.value.status}`}</p>;
    });
    render(
      <>
        <OrderView topic="orders/1" />
        <OrderView topic="orders/2" />
      </>,
      { wrapper: providing(server.url) },
    );
    await screen.findByText("orders/2 new");
    const before = { ...renders };
    server.connections[0]?.send(paid("p1", "orders/2", 2));
    await screen.findByText("orders/2 paid");
    expect(screen.getByText("orders/1 new")).toBeTruthy();
    expect(renders).toEqual({ ...before, "orders/2": (before["orders/2"] ?? 0) + 1 });
    expect(server.connections).toHaveLength(1);
  });

  test("unchangedParts_keepTheirIdentity", async () => {
    const server = await liveServer(values);
    const { result } = renderHook(() => useLiveState<Order>(ORDERS, "orders/1"), {
      wrapper: providing(server.url),
    });
    await waitFor(() => expect(result.current?.version).toBe(1));
    const lines = result.current?.value.lines;
    server.connections[0]?.send(paid("p1", "orders/1", 2));
    await waitFor(() => expect(result.current?.value.status).toBe("paid"));
    expect(result.current?.value.lines).toBe(lines);
  });

  test("anotherTopic_ofTheSameStream_isThereAtOnce", async () => {
    const server = await liveServer(values);
    const { result, rerender } = renderHook(({ topic }) => useLiveState<Order>(ORDERS, topic), {
      wrapper: providing(server.url),
      initialProps: { topic: "orders/1" },
    });
    await waitFor(() => expect(result.current?.topic).toBe("orders/1"));
    rerender({ topic: "orders/2" });
    expect(result.current?.topic).toBe("orders/2");
    expect(server.connections).toHaveLength(1);
  });

  test("whoJoinsLater_hasTheStatesAtOnce", async () => {
    const server = await liveServer(values);
    function Later() {
      return <p>{`late ${useLiveState<Order>(ORDERS, "orders/1")?.value.status}`}</p>;
    }
    function Page() {
      const first = useLiveState<Order>(ORDERS, "orders/1");
      const [shown, setShown] = useState(false);
      return (
        <button type="button" onClick={() => setShown(true)}>
          {first?.value.status}
          {shown ? <Later /> : null}
        </button>
      );
    }
    render(<Page />, { wrapper: providing(server.url) });
    await screen.findByText("new");
    act(() => screen.getByRole("button").click());
    expect(screen.getByText("late new")).toBeTruthy();
    expect(server.connections).toHaveLength(1);
  });

  test("aStream_isASourceToo_andNoneIsNoState", async () => {
    const server = await liveServer(values);
    const { result, unmount } = renderHook(
      () => {
        const { stream } = useEventStream(ORDERS);
        return [useLiveState(stream, "orders/1"), useLiveState(undefined, "orders/1")] as const;
      },
      { wrapper: providing(server.url) },
    );
    await waitFor(() => expect(result.current[0]?.version).toBe(1));
    expect(result.current[1]).toBeUndefined();
    expect(server.connections).toHaveLength(1);
    unmount();
    await waitFor(() => expect(server.opened).toHaveLength(0));
  });

  test("strictMode_andReconnection_keepTheState", async () => {
    const server = await liveServer(values);
    const request = { ...ORDERS, retryMs: 1 };
    function View() {
      return <p>{useLiveState<Order>(request, "orders/1")?.value.status ?? "none"}</p>;
    }
    render(
      <StrictMode>
        <FreshetProvider server={{ url: server.url }}>
          <View />
        </FreshetProvider>
      </StrictMode>,
    );
    await screen.findByText("new");
    server.connections[0]?.cut();
    await waitFor(() => expect(server.opened).toHaveLength(1));
    expect(screen.getByText("new")).toBeTruthy();
    server.connections[1]?.send(paid("p1", "orders/1", 2));
    await screen.findByText("paid");
  });

  test("onTheServer_thereIsNone_andNothingIsOpened", async () => {
    const server = await liveServer(values);
    const Wrapper = providing(server.url);
    function View() {
      const { status } = useEventStream(ORDERS);
      return <p>{`${status.name} ${useLiveState(ORDERS, "orders/1")?.version}`}</p>;
    }
    const html = renderToString(
      <Wrapper>
        <View />
      </Wrapper>,
    );
    expect(html).toBe("<p>idle undefined</p>");
    expect(server.connections).toHaveLength(0);
  });
});

describe("useLiveState of a path", () => {
  const steps = [{ op: "replace", path: "/lines/0/sku", value: "z" }];

  test("onlyTheComponentWhosePartChanged_rendersAgain", async () => {
    const server = await liveServer(values);
    const renders: Record<string, number> = {};
    const Part = memo(({ pointer }: { readonly pointer: string }) => {
      renders[pointer] = (renders[pointer] ?? 0) + 1;
      const part = useLiveState(ORDERS, "orders/1", pointer);
      return <p>{`${pointer} ${JSON.stringify(part)}`}</p>;
    });
    render(
      <>
        <Part pointer="/status" />
        <Part pointer="/lines" />
        <Part pointer="/lines/0/sku" />
      </>,
      { wrapper: providing(server.url) },
    );
    await screen.findByText('/lines/0/sku "a"');
    const before = { ...renders };
    server.connections[0]?.send(paid("p1", "orders/1", 2), paid("p2", "orders/2", 2));
    await screen.findByText('/status "paid"');
    expect(renders).toEqual({ ...before, "/status": (before["/status"] ?? 0) + 1 });
    server.connections[0]?.send(update("p3", "orders/1", 3, steps));
    await screen.findByText('/lines/0/sku "z"');
    expect(screen.getByText('/lines [{"sku":"z"}]')).toBeTruthy();
    expect(renders).toEqual({
      "/status": (before["/status"] ?? 0) + 1,
      "/lines": (before["/lines"] ?? 0) + 1,
      "/lines/0/sku": (before["/lines/0/sku"] ?? 0) + 1,
    });
    expect(server.connections).toHaveLength(1);
  });

  test("aWholeValueInPlaceOfPatches_rendersOnlyWhatDiffers", async () => {
    const server = await liveServer(values);
    let renders = 0;
    const { result } = renderHook(
      () => {
        renders++;
        return useLiveState(ORDERS, "orders/1", "/lines");
      },
      { wrapper: providing(server.url) },
    );
    await waitFor(() => expect(result.current).toEqual([{ sku: "a" }]));
    const [before, lines] = [renders, result.current];
    const whole = (version: number, value: unknown) => {
      const timestamp = "2026-01-05T10:00:00.000Z";
      const data = { topic: "orders/1", version, base: version - 1, value, timestamp };
      return ["state.update", data, `w${version}`] as const;
    };
    server.connections[0]?.send(whole(2, { status: "paid", lines: [{ sku: "a" }] }));
    server.connections[0]?.send(whole(3, { status: "sent", lines: [{ sku: "a" }, { sku: "b" }] }));
    await waitFor(() => expect(result.current).toHaveLength(2));
    expect(renders).toBe(before + 1);
    expect((result.current as readonly unknown[])[0]).toBe((lines as readonly unknown[])[0]);
  });

  test("whatIsNotThere_isUndefined", async () => {
    const server = await liveServer(values);
    const { result } = renderHook(
      () => [
        useLiveState(ORDERS, "orders/1", "/status"),
        useLiveState(ORDERS, "orders/1", "/lines/7/sku"),
        useLiveState(ORDERS, "orders/1", "/status/constructor"),
      ],
      { wrapper: providing(server.url) },
    );
    await waitFor(() => expect(result.current).toEqual(["new", undefined, undefined]));
  });
});

describe("useLiveState with a selector", () => {
  test("rendersOnlyWhenTheOutcomeChanges", async () => {
    const server = await liveServer(values);
    let renders = 0;
    const { result, rerender } = renderHook(
      () => {
        renders++;
        return useLiveState(ORDERS, (states) => {
          const all = [...states.values()] as { readonly value: Order }[];
          return all.filter(({ value }) => value.status === "paid").length;
        });
      },
      { wrapper: providing(server.url) },
    );
    await waitFor(() => expect(server.opened).toHaveLength(1));
    server.connections[0]?.send(paid("p1", "orders/1", 2));
    await waitFor(() => expect(result.current).toBe(1));
    const before = renders;
    const addLine = [{ op: "add", path: "/lines/-", value: { sku: "c" } }];
    server.connections[0]?.send(
      update("p2", "orders/1", 3, addLine),
      update("p3", "orders/2", 2, addLine),
      update("p4", "orders/2", 3, [{ op: "replace", path: "/status", value: "paid" }]),
    );
    await waitFor(() => expect(result.current).toBe(2));
    expect(renders).toBe(before + 1);
    rerender();
    expect(result.current).toBe(2);
  });

  test("isEqual_keepsTheFormerOutcome_overRendersToo", async () => {
    const server = await liveServer(values);
    const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();
    const { result, rerender } = renderHook(
      () => useLiveState(ORDERS, (states) => [...states.keys()], same),
      { wrapper: providing(server.url) },
    );
    await waitFor(() => expect(result.current).toEqual(["orders/1", "orders/2"]));
    const topics = result.current;
    rerender();
    expect(result.current).toBe(topics);
    server.connections[0]?.send(paid("p1", "orders/1", 2));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(result.current).toBe(topics);
  });

  test("withoutASource_selectsOfNothing", () => {
    const { result } = renderHook(() => useLiveState(undefined, (states) => states.size), {
      wrapper: providing("http://127.0.0.1:9"),
    });
    expect(result.current).toBe(0);
  });
});
