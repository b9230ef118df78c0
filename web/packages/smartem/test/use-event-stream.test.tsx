import { Problem, type Server } from "@freshet/client";
import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { describe, expect, test } from "vitest";
import { type UseEventStreamOptions, useEventStream } from "../src";
import { agentStatus, lifecycle, log, metric, progress } from "./support/payloads";
import { providing } from "./support/providing";
import { LiveServer } from "./support/server";

const patience = { retryMs: 1, retryCapMs: 5 } as const;

function follow(server: Server | LiveServer, initialProps: UseEventStreamOptions = {}) {
  return renderHook((props) => useEventStream({ ...patience, ...props }), {
    wrapper: providing(server instanceof LiveServer ? { url: server.url } : server),
    initialProps,
  });
}

async function open(view: { result: { current: { status: object } } }): Promise<void> {
  await waitFor(() => expect(view.result.current.status).toEqual({ name: "open", live: true }));
}

describe("useEventStream", () => {
  test("asksForWhatItIsTold", async () => {
    const server = await LiveServer.start();
    const view = follow(server, {
      acquisitionUuid: "q 1",
      agentId: "a&1",
      eventTypes: ["processing.metric", "agent.log", "agent.log"],
      logBacklog: 20,
      metricBacklog: 5,
    });
    expect(view.result.current.connectionState).toBe("connecting");
    await open(view);
    expect(view.result.current.connectionState).toBe("open");
    expect(Object.fromEntries(server.opened[0]?.url.searchParams ?? [])).toEqual({
      acquisition_uuid: "q 1",
      agent_id: "a&1",
      event_types: "agent.log,processing.metric",
      log_backlog: "20",
      metric_backlog: "5",
    });
  });

  test("withoutOptions_asksForAll", async () => {
    const server = await LiveServer.start();
    await open(follow(server));
    expect(server.opened[0]?.url.search).toBe("");
  });

  test("events_reachTheListenerOfTheirType_inOrder_withoutRendering", async () => {
    const server = await LiveServer.start();
    const heard: unknown[] = [];
    let renders = 0;
    const view = renderHook(
      () => {
        renders++;
        return useEventStream({
          onAgentStatus: (it) => heard.push(it.agent_id),
          onAcquisitionProgress: (it) => heard.push(it.micrograph_count),
          onInstructionLifecycle: (it) => heard.push(it.instruction_id),
          onProcessingMetric: (it) => heard.push(it.micrograph_uuid),
          onAgentLog: (it) => heard.push(it.message),
        });
      },
      { wrapper: providing({ url: server.url }) },
    );
    await open(view);
    const before = renders;
    server.send(
      ["agent.status", agentStatus("a1"), "p1"],
      ["instruction.lifecycle", lifecycle("i1"), "p2"],
      ["acquisition.progress", progress("q1", 7), "p3"],
      ["unheard.of", {}, "p4"],
      ["processing.metric", metric("m1"), "p5"],
      ["agent.log", log(1, "hello"), "p6"],
    );
    await waitFor(() => expect(heard).toEqual(["a1", "i1", 7, "m1", "hello"]));
    expect(renders).toBe(before);
  });

  test("otherListeners_hearFromThenOn_onTheSameConnection", async () => {
    const server = await LiveServer.start();
    const heard: string[] = [];
    const listening = (mark: string): UseEventStreamOptions => ({
      onAgentLog: ({ message }) => heard.push(`${mark} ${message}`),
    });
    const view = follow(server, listening("one"));
    await open(view);
    server.send(["agent.log", log(1), "p1"]);
    await waitFor(() => expect(heard).toEqual(["one line 1"]));
    view.rerender(listening("two"));
    server.send(["agent.log", log(2), "p2"]);
    await waitFor(() => expect(heard).toEqual(["one line 1", "two line 2"]));
    view.rerender({ onAgentStatus: ({ status }) => heard.push(status) });
    server.send(["agent.log", log(3), "p3"], ["agent.status", agentStatus("a1"), "p4"]);
    await waitFor(() => expect(heard).toEqual(["one line 1", "two line 2", "online"]));
    expect(server.connections).toHaveLength(1);
  });

  test("strictMode_opensOneConnection_andTellsOnce", async () => {
    const server = await LiveServer.start();
    server.begin = [["agent.status", agentStatus("a1")]];
    const heard: string[] = [];
    function Agents() {
      const { connectionState } = useEventStream({
        onAgentStatus: ({ agent_id }) => heard.push(agent_id),
      });
      return <output>{connectionState}</output>;
    }
    const view = render(
      <StrictMode>
        <Agents />
      </StrictMode>,
      { wrapper: providing({ url: server.url }) },
    );
    await screen.findByText("open");
    await waitFor(() => expect(heard).toEqual(["a1"]));
    expect(server.connections).toHaveLength(1);
    view.unmount();
    await waitFor(() => expect(server.opened).toHaveLength(0));
  });

  test("unmounted_closes", async () => {
    const server = await LiveServer.start();
    const view = follow(server);
    await open(view);
    view.unmount();
    await waitFor(() => expect(server.opened).toHaveLength(0));
    expect(server.connections).toHaveLength(1);
  });

  test("otherOptions_openAnother_andCloseTheFirst", async () => {
    const server = await LiveServer.start();
    const view = follow(server, { acquisitionUuid: "q1" });
    await open(view);
    view.rerender({ acquisitionUuid: "q2" });
    await waitFor(() => expect(server.connections).toHaveLength(2));
    await waitFor(() => expect(server.opened).toHaveLength(1));
    expect(server.opened[0]?.url.searchParams.get("acquisition_uuid")).toBe("q2");
    expect(server.opened[0]?.headers["last-event-id"]).toBeUndefined();
    await open(view);
  });

  test("enabled_disabled_enabled", async () => {
    const server = await LiveServer.start();
    const view = follow(server, { enabled: true });
    await open(view);
    view.rerender({ enabled: false });
    expect(view.result.current).toMatchObject({ connectionState: "idle", lastEventId: undefined });
    await waitFor(() => expect(server.opened).toHaveLength(0));
    view.rerender({ enabled: true });
    await open(view);
    expect(server.connections).toHaveLength(2);
  });

  test("U2: cut_resumesFromTheLastEvent", async () => {
    const server = await LiveServer.start();
    const heard: number[] = [];
    const view = follow(server, { onAgentLog: ({ id }) => heard.push(id) });
    await open(view);
    server.send(["agent.log", log(1), "p1"]);
    await waitFor(() => expect(view.result.current.lastEventId).toBe("p1"));
    server.connections[0]?.cut();
    await waitFor(() => expect(server.opened).toHaveLength(1));
    expect(server.opened[0]?.headers["last-event-id"]).toBe("p1");
    server.send(["agent.log", log(2), "p2"]);
    await waitFor(() => expect(heard).toEqual([1, 2]));
    await open(view);
  });

  test("lastEventId_rendersWhereItIsShown", async () => {
    const server = await LiveServer.start();
    function Position() {
      const { lastEventId } = useEventStream();
      return <output>{lastEventId ?? "none"}</output>;
    }
    render(<Position />, { wrapper: providing({ url: server.url }) });
    expect(screen.getByRole("status").textContent).toBe("none");
    await screen.findByText("p0");
    server.send(["agent.log", log(1), "p1"]);
    await screen.findByText("p1");
    server.send(["heartbeat", {}, "p9"]);
    await screen.findByText("p9");
  });

  test("same_shareOneConnection_whateverTheOrderAndTheListeners", async () => {
    const server = await LiveServer.start();
    const heard: string[] = [];
    const { result } = renderHook(
      () => [
        useEventStream({
          eventTypes: ["agent.log", "agent.status"],
          onAgentLog: ({ message }) => heard.push(`one ${message}`),
        }),
        useEventStream({
          eventTypes: ["agent.status", "agent.log"],
          onAgentLog: ({ message }) => heard.push(`two ${message}`),
          onAgentStatus: () => undefined,
        }),
      ],
      { wrapper: providing({ url: server.url }) },
    );
    await waitFor(() => expect(result.current[1]?.connectionState).toBe("open"));
    expect(result.current[0]?.stream).toBe(result.current[1]?.stream);
    server.send(["agent.log", log(1), "p1"]);
    await waitFor(() => expect(heard).toEqual(["one line 1", "two line 1"]));
    expect(server.connections).toHaveLength(1);
  });

  test("whoJoinsLater_isToldTheStatusesAndTheBacklog_asANewConnectionWould", async () => {
    const server = await LiveServer.start();
    server.begin = [
      ["agent.status", agentStatus("a1")],
      ["acquisition.progress", progress("q1", 1)],
      ["agent.log", log(1)],
      ["agent.log", log(2)],
    ];
    const heard: unknown[] = [];
    function Late() {
      useEventStream({
        logBacklog: 2,
        onAgentStatus: (it) => heard.push([it.agent_id, it.status]),
        onAcquisitionProgress: (it) => heard.push(it.micrograph_count),
        onProcessingMetric: (it) => heard.push(it.micrograph_uuid),
        onInstructionLifecycle: (it) => heard.push(it.instruction_id),
        onAgentLog: (it) => heard.push(it.id),
      });
      return null;
    }
    function Page({ late }: { readonly late: boolean }) {
      const { lastEventId } = useEventStream({ logBacklog: 2 });
      return late ? <Late /> : <output>{lastEventId}</output>;
    }
    const view = render(<Page late={false} />, { wrapper: providing({ url: server.url }) });
    await screen.findByText("p0");
    server.send(
      ["agent.status", agentStatus("a1", { status: "stale" }), "p1"],
      ["instruction.lifecycle", lifecycle("i1"), "p2"],
      ["processing.metric", metric("m1"), "p3"],
      ["agent.log", log(3), "p4"],
    );
    await screen.findByText("p4");
    view.rerender(<Page late={true} />);
    expect(heard).toEqual([["a1", "stale"], 1, 2, 3]);
    server.send(["agent.log", log(4), "p5"]);
    await waitFor(() => expect(heard).toEqual([["a1", "stale"], 1, 2, 3, 4]));
    expect(server.connections).toHaveLength(1);
  });

  test("U3: whoJoinsAfterAReset_isToldOnlyWhatCameAfterIt", async () => {
    const server = await LiveServer.start();
    server.begin = [["agent.status", agentStatus("gone")]];
    const heard: string[] = [];
    function Late() {
      useEventStream({ onAgentStatus: (it) => heard.push(it.agent_id) });
      return null;
    }
    function Page({ late }: { readonly late: boolean }) {
      const { lastEventId } = useEventStream();
      return late ? <Late /> : <output>{lastEventId}</output>;
    }
    const view = render(<Page late={false} />, { wrapper: providing({ url: server.url }) });
    await screen.findByText("p0");
    server.send(
      ["stream.reset", { reason: "overrun" }],
      ["agent.status", agentStatus("there")],
      ["stream.live", { position: "p7" }, "p7"],
    );
    await screen.findByText("p7");
    view.rerender(<Page late={true} />);
    expect(heard).toEqual(["there"]);
  });

  test("aListenerThatThrows_isReported_alsoWhenItJoins_andHarmsNobody", async () => {
    const server = await LiveServer.start();
    server.begin = [["agent.status", agentStatus("a1")]];
    const errors: unknown[] = [];
    const heard: string[] = [];
    function Agents({ broken }: { readonly broken: boolean }) {
      useEventStream({
        onAgentStatus: ({ agent_id }) => {
          if (broken) throw new Error(agent_id);
          heard.push(agent_id);
        },
      });
      return null;
    }
    const page = (broken: boolean) => (
      <>
        <Agents key="sound" broken={false} />
        {broken && <Agents key="broken" broken />}
      </>
    );
    const onError = (error: unknown) => errors.push((error as Error).message);
    const view = render(page(false), { wrapper: providing({ url: server.url }, onError) });
    await waitFor(() => expect(heard).toEqual(["a1"]));
    view.rerender(page(true));
    expect(errors).toEqual(["a1"]);
    server.send(["agent.status", agentStatus("a2"), "p1"]);
    await waitFor(() => expect(errors).toEqual(["a1", "a2"]));
    expect(heard).toEqual(["a1", "a2"]);
  });

  test("refused_fails_andReopens", async () => {
    const server = await LiveServer.start();
    server.refuse = () => 422;
    const view = follow(server);
    await waitFor(() => expect(view.result.current.connectionState).toBe("failed"));
    const { status } = view.result.current;
    expect(status.name === "failed" && status.problem).toBeInstanceOf(Problem);
    expect(status).toMatchObject({ problem: { status: 422, detail: "refused" } });
    server.refuse = () => undefined;
    act(() => view.result.current.reopen());
    await open(view);
  });

  test("A4: tokens_areAskedForAgain_whereOneIsRefused", async () => {
    const server = await LiveServer.start();
    server.refuse = ({ authorization }) => (authorization === "Bearer new" ? undefined : 401);
    const asked: boolean[] = [];
    const view = follow({
      url: server.url,
      token: ({ fresh }) => {
        asked.push(fresh);
        return fresh ? "new" : "old";
      },
    });
    await open(view);
    expect(asked).toEqual([false, true]);
    expect(server.connections[0]?.url.search).not.toContain("new");
  });

  test("A4: withASession_sendsNoTokenButTheCookie_alsoToAnotherOrigin", async () => {
    const server = await LiveServer.start();
    const requests: RequestInit[] = [];
    const view = follow({
      url: server.url,
      credentials: "include",
      fetch: (url, request = {}) => {
        requests.push(request);
        return fetch(url, request);
      },
    });
    await open(view);
    expect(requests.map(({ credentials }) => credentials)).toEqual(["include"]);
    expect(server.connections[0]?.headers.authorization).toBeUndefined();
  });
});
