import { type QueryClient, useQuery } from "@tanstack/react-query";
import { render, renderHook, screen, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { describe, expect, test } from "vitest";
import {
  smartemKeys,
  type UseSmartEMEventStreamOptions,
  useSmartEMEventStream,
  useSmartEMQueries,
} from "../src";
import { agentStatus, lifecycle, metric, progress } from "./support/payloads";
import { caching, queryClient } from "./support/providing";
import { LiveServer } from "./support/server";

const soon = { delayMs: 20, maxWaitMs: 200 } as const;

/** A hook that follows, when everything that was stale at its beginning has been dealt with. */
async function following(
  server: LiveServer,
  client: QueryClient,
  options: UseSmartEMEventStreamOptions = {},
) {
  const view = renderHook(
    (props) => useSmartEMEventStream({ invalidation: soon, retryMs: 1, ...props }),
    { wrapper: caching({ url: server.url }, client), initialProps: options },
  );
  client.setQueryData(BEGUN, true);
  await waitFor(() => expect(client.getQueryState(BEGUN)?.isInvalidated).toBe(true));
  return view;
}

const BEGUN = ["smartem", "begun"];

const acquisition = (uuid: string) => ({ uuid, name: "Session", status: "started" });
const micrograph = (uuid: string) => ({
  uuid,
  foilhole_uuid: "f1",
  total_motion: null,
  average_motion: null,
  defocus: -1.5,
});

describe("useSmartEMEventStream", () => {
  test("progress_isWrittenIntoTheAcquisition_theList_andTheCounts", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    await following(server, client);
    client.setQueryData(smartemKeys.acquisition("q1"), { ...acquisition("q1"), grid_count: 0 });
    client.setQueryData(smartemKeys.acquisitions(), [acquisition("q0"), acquisition("q1")]);
    client.setQueryData(smartemKeys.gridCounts(), [
      { acquisition_uuid: "q1", grids_total: 0, grids_completed: 0 },
    ]);
    const paused = { ...progress("q1", 4), status: "paused" };
    server.send(["acquisition.progress", paused, "p1"]);
    await waitFor(() =>
      expect(client.getQueryData(smartemKeys.acquisition("q1"))).toEqual({
        ...acquisition("q1"),
        status: "paused",
        grid_count: 1,
      }),
    );
    expect(client.getQueryData(smartemKeys.acquisitions())).toEqual([
      acquisition("q0"),
      { ...acquisition("q1"), status: "paused" },
    ]);
    expect(client.getQueryData(smartemKeys.gridCounts())).toEqual([
      { acquisition_uuid: "q1", grids_total: 1, grids_completed: 0 },
    ]);
  });

  test("progress_extendsTheTimeline_byTheFirstAndTheLastOfEachInterval", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    await following(server, client);
    const { acquisition_uuid, ...counts } = progress("q1", 1);
    const first = { ...counts, time: "2026-01-05T10:00:00.000Z" };
    const key = smartemKeys.timeline("q1");
    client.setQueryData(key, {
      acquisition_uuid,
      interval_minutes: 60 * 24 * 365_000,
      points: [first],
    });
    const shown = () =>
      client
        .getQueryData<{ points: (typeof first)[] }>(key)
        ?.points.map((it) => it.micrograph_count);
    server.send(["acquisition.progress", progress("q1", 2), "p1"]);
    await waitFor(() => expect(shown()).toEqual([1, 2]));
    server.send(["acquisition.progress", progress("q1", 3), "p2"]);
    await waitFor(() => expect(shown()).toEqual([1, 3]));
    server.send(["acquisition.progress", { ...progress("q1", 4), status: "paused" }, "p3"]);
    await waitFor(() => expect(shown()).toEqual([1, 3, 4]));
  });

  test("progress_makesStaleWhatItHintsAt_andNothingElse", async () => {
    const server = await LiveServer.start();
    server.begin = [["acquisition.progress", progress("q1", 4)]];
    const client = queryClient();
    await following(server, client);
    const keys = {
      list: smartemKeys.acquisitions(),
      acquisition: smartemKeys.acquisition("q1"),
      grids: smartemKeys.grids("q1"),
      squares: smartemKeys.gridsquares("g1"),
      holes: smartemKeys.foilholes("s1"),
      recent: smartemKeys.recentMicrographs("q1", 50),
      others: smartemKeys.recentMicrographs("q2", 50),
    };
    for (const key of Object.values(keys)) client.setQueryData(key, []);
    server.send(["acquisition.progress", progress("q1", 5), "p1"]);
    await waitFor(() => expect(client.getQueryState(keys.recent)?.isInvalidated).toBe(true));
    expect(stale(client, keys)).toEqual(["recent"]);
    const more = { ...progress("q1", 5), grid_count: 9 };
    server.send(["acquisition.progress", more, "p2"]);
    await waitFor(() => expect(stale(client, keys)).toEqual(["grids", "recent"]));
    server.send(["acquisition.progress", { ...more, foilhole_count: 9 }, "p3"]);
    await waitFor(() => expect(stale(client, keys)).toEqual(["grids", "holes", "recent"]));
    server.send(["acquisition.progress", { ...more, gridsquare_count: 9 }, "p4"]);
    const within = ["grids", "squares", "holes", "recent"];
    await waitFor(() => expect(stale(client, keys)).toEqual(within));
    const completed = { ...more, gridsquare_count: 9, status: "completed" };
    server.send(["acquisition.progress", completed, "p5"]);
    await waitFor(() => expect(stale(client, keys)).toEqual(["list", "acquisition", ...within]));
  });

  test("anAcquisitionThatIsNew_makesTheListStale", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    await following(server, client);
    client.setQueryData(smartemKeys.acquisitions(), [acquisition("q1")]);
    server.send(["acquisition.progress", progress("q2", 0), "p1"]);
    await waitFor(() =>
      expect(client.getQueryState(smartemKeys.acquisitions())?.isInvalidated).toBe(true),
    );
  });

  test("metric_isWrittenIntoTheMicrograph_andTheLists_whichAreThenStale", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    await following(server, client);
    const one = smartemKeys.micrograph("m1");
    const lists = [
      smartemKeys.foilholeMicrographs("f1"),
      smartemKeys.recentMicrographs("q1", 50),
      smartemKeys.recentMicrographs("q1", 10),
    ];
    client.setQueryData(one, micrograph("m1"));
    for (const key of lists) client.setQueryData(key, [micrograph("m0"), micrograph("m1")]);
    server.send(["processing.metric", metric("m1"), "p1"]);
    const known = { ...micrograph("m1"), total_motion: 12.5, average_motion: 0.4 };
    await waitFor(() => expect(client.getQueryData(one)).toEqual(known));
    for (const key of lists) expect(client.getQueryData(key)).toEqual([micrograph("m0"), known]);
    await waitFor(() => {
      for (const key of [one, ...lists])
        expect(client.getQueryState(key)?.isInvalidated).toBe(true);
    });
  });

  test("lifecycle_isWrittenIntoTheInstruction_andMakesItsSessionsListStale", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    await following(server, client);
    const keys = {
      one: smartemKeys.sessionInstructions("s1"),
      another: smartemKeys.sessionInstructions("s2"),
      sessions: smartemKeys.sessions(),
      stats: smartemKeys.connectionStats(),
    };
    const pending = { instruction_id: "i1", status: "pending", sent_at: null, payload: { x: 1 } };
    const other = { ...pending, instruction_id: "i2" };
    for (const key of Object.values(keys)) client.setQueryData(key, { active_sessions: [] });
    client.setQueryData(keys.one, { instructions: [pending, other] });
    const sent_at = "2026-01-05T10:00:01.000Z";
    server.send(["instruction.lifecycle", lifecycle("i1", { status: "sent", sent_at }), "p1"]);
    await waitFor(() => expect(stale(client, keys)).toEqual(["one", "stats"]));
    expect(client.getQueryData(keys.one)).toEqual({
      instructions: [{ ...pending, status: "sent", sent_at }, other],
    });
  });

  test("heartbeats_areWrittenIntoSessionsAndConnections_onlyOtherChangesMakeThemStale", async () => {
    const server = await LiveServer.start();
    server.begin = [["agent.status", agentStatus("a1", { session_id: "s1" })]];
    const client = queryClient();
    await following(server, client);
    const keys = {
      sessions: smartemKeys.sessions(),
      instructions: smartemKeys.sessionInstructions("s1"),
      connections: smartemKeys.agentConnections(),
      stats: smartemKeys.connectionStats(),
    };
    for (const key of Object.values(keys)) client.setQueryData(key, {});
    const session = { session_id: "s1", agent_id: "a1", last_activity_at: null };
    const connection = { connection_id: "c1", agent_id: "a1", last_heartbeat_at: null };
    client.setQueryData(keys.sessions, { active_sessions: [session], total_count: 1 });
    client.setQueryData(keys.connections, { active_connections: [connection], total_count: 1 });
    const at = "2026-01-05T10:00:09.000Z";
    const alive = agentStatus("a1", { session_id: "s1", last_heartbeat_at: at });
    server.send(["agent.status", alive, "p1"], ["processing.metric", metric("m1"), "p2"]);
    await waitFor(() =>
      expect(client.getQueryData(keys.sessions)).toEqual({
        active_sessions: [{ ...session, last_activity_at: at }],
        total_count: 1,
      }),
    );
    expect(client.getQueryData(keys.connections)).toEqual({
      active_connections: [{ ...connection, last_heartbeat_at: at }],
      total_count: 1,
    });
    server.send(["agent.status", { ...alive, connection_count: 1 }, "p3"]);
    await waitFor(() => expect(stale(client, keys)).toEqual(["connections", "stats"]));
    server.send(["agent.status", { ...alive, connection_count: 1, status: "stale" }, "p4"]);
    await waitFor(() => expect(stale(client, keys)).toEqual(["sessions", "connections", "stats"]));
  });

  test("anAnswerOnItsWay_doesNotUndoWhatAnEventSaid", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let answers = 0;
    server.answers["GET /acquisitions"] = async () => {
      answers++;
      if (answers === 2) await held;
      return [{ ...acquisition("q1"), status: answers === 3 ? "paused" : "started" }];
    };
    server.begin = [["acquisition.progress", { ...progress("q1", 4), status: "paused" }]];
    await following(server, client);
    const { result } = renderHook(() => useQuery(useSmartEMQueries().acquisitions()), {
      wrapper: caching({ url: server.url }, client),
    });
    await waitFor(() => expect(result.current.data).toMatchObject([{ status: "started" }]));
    void result.current.refetch();
    await waitFor(() => expect(answers).toBe(2));
    server.send(["acquisition.progress", { ...progress("q1", 5), status: "paused" }, "p1"]);
    await waitFor(() => expect(result.current.data).toMatchObject([{ status: "paused" }]));
    await waitFor(() => expect(answers).toBe(3));
    release();
    const key = smartemKeys.acquisitions();
    await waitFor(() => expect(client.getQueryState(key)?.fetchStatus).toBe("idle"));
    expect(client.getQueryData(key)).toMatchObject([{ status: "paused" }]);
  });

  test("manyEvents_askOnce_whenTheyPause_orWhenItHasTakenTooLong", async () => {
    const server = await LiveServer.start();
    let answered = 0;
    server.answers["GET /foilholes/f1/micrographs"] = () => [micrograph(`m${answered++}`)];
    const client = queryClient();
    await following(server, client, { invalidation: { delayMs: 100, maxWaitMs: 400 } });
    renderHook(() => useQuery(useSmartEMQueries().foilholeMicrographs("f1")), {
      wrapper: caching({ url: server.url }, client),
    });
    await waitFor(() => expect(answered).toBe(1));
    for (let i = 0; i < 50; i++) server.send(["processing.metric", metric(`m${i}`), `a${i}`]);
    await waitFor(() => expect(answered).toBe(2));
    let sent = 0;
    const steady = setInterval(
      () => server.send(["processing.metric", metric(`m${sent++}`), `b${sent}`]),
      20,
    );
    try {
      await waitFor(() => expect(answered).toBe(3));
      expect(sent).toBeGreaterThan(5);
    } finally {
      clearInterval(steady);
    }
  });

  test("beginning_asksAgainForWhatWasCachedBefore_resumingDoesNot", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    client.setQueryData(smartemKeys.acquisitions(), []);
    await following(server, client);
    expect(client.getQueryState(smartemKeys.acquisitions())?.isInvalidated).toBe(true);
    const keys = { list: smartemKeys.acquisitions(), one: smartemKeys.micrograph("m1") };
    for (const key of Object.values(keys)) client.setQueryData(key, []);
    server.connections[0]?.cut();
    await waitFor(() => expect(server.opened).toHaveLength(1));
    expect(server.opened[0]?.headers["last-event-id"]).toBe("p0");
    server.send(["processing.metric", metric("m1"), "p1"]);
    await waitFor(() => expect(stale(client, keys)).toEqual(["one"]));
  });

  test("U3: reset_makesEverythingOfTheApplicationStale", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    await following(server, client);
    const keys = [smartemKeys.acquisitions(), smartemKeys.micrograph("m1"), ["smartem", "own"]];
    for (const key of [...keys, ["another"]]) client.setQueryData(key, []);
    server.send(["stream.reset", { reason: "retention" }]);
    await waitFor(() => {
      for (const key of keys) expect(client.getQueryState(key)?.isInvalidated).toBe(true);
    });
    expect(client.getQueryState(["another"])?.isInvalidated).toBe(false);
  });

  test("unmounted_marksAtOnceWhatIsWaiting_andHearsNothingMore", async () => {
    const server = await LiveServer.start();
    const client = queryClient();
    const long = { delayMs: 60_000, maxWaitMs: 60_000 };
    const heard: string[] = [];
    const view = renderHook(
      () =>
        useSmartEMEventStream({
          invalidation: long,
          onProcessingMetric: ({ micrograph_uuid }) => heard.push(micrograph_uuid),
        }),
      { wrapper: caching({ url: server.url }, client) },
    );
    await waitFor(() => expect(view.result.current.status).toEqual({ name: "open", live: true }));
    client.setQueryData(smartemKeys.micrograph("m1"), micrograph("m1"));
    server.send(["processing.metric", metric("m1"), "p1"]);
    await waitFor(() => expect(heard).toEqual(["m1"]));
    expect(client.getQueryState(smartemKeys.micrograph("m1"))?.isInvalidated).toBe(false);
    view.unmount();
    expect(client.getQueryState(smartemKeys.micrograph("m1"))?.isInvalidated).toBe(true);
    await waitFor(() => expect(server.opened).toHaveLength(0));
  });

  test("twoWhoFollowTheSame_askOnce_alsoInStrictMode", async () => {
    const server = await LiveServer.start();
    let answered = 0;
    server.answers["GET /micrographs/m1"] = () => ({ ...micrograph("m1"), answered: answered++ });
    const client = queryClient();
    function Following() {
      useSmartEMEventStream({ invalidation: soon, onInstructionLifecycle: () => undefined });
      return null;
    }
    function Micrograph() {
      const { data } = useQuery(useSmartEMQueries().micrograph("m1"));
      return <output>{data?.total_motion ?? "unknown"}</output>;
    }
    render(
      <StrictMode>
        <Following />
        <Following />
        <Micrograph />
      </StrictMode>,
      { wrapper: caching({ url: server.url }, client) },
    );
    await screen.findByText("unknown");
    await waitFor(() => expect(answered).toBe(2));
    server.send(
      ["instruction.lifecycle", lifecycle("i1"), "p1"],
      ["processing.metric", metric("m1"), "p2"],
    );
    await screen.findByText("12.5");
    await waitFor(() => expect(answered).toBe(3));
    client.setQueryData(smartemKeys.gridCounts(), []);
    server.send(["acquisition.progress", progress("q1", 1), "p3"]);
    await waitFor(() =>
      expect(client.getQueryState(smartemKeys.gridCounts())?.isInvalidated).toBe(true),
    );
    expect(answered).toBe(3);
    expect(server.connections).toHaveLength(1);
  });
});

function stale(client: QueryClient, keys: Record<string, readonly unknown[]>): string[] {
  const names = Object.entries(keys).filter(
    ([, key]) => client.getQueryState(key)?.isInvalidated === true,
  );
  return names.map(([name]) => name);
}
