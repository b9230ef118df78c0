import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type ExecutionStream, executionSource, readRecording } from "../src/core";
import { completed, delta, event, frame, runOf, snapshot, started, thought } from "./support/runs";
import { ENDED, LIVE, LiveServer } from "./support/server";

const FAST = { retryMs: 2, retryCapMs: 10 };

function follow(server: LiveServer, deltas = true): ExecutionStream {
  const stream = executionSource("r1", { ...FAST, deltas }).open({
    url: server.url,
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(stream.close);
  return stream;
}

/** Counts the changes that are told. */
function changesOf(stream: ExecutionStream) {
  const seen: unknown[] = [];
  stream.subscribe(() => seen.push(stream.execution()));
  return seen;
}

describe("a run's stream", () => {
  test("U1: begins with the snapshot, and each event after it counts", async () => {
    const server = await LiveServer.start();
    const past = [started(), delta("t1", 0, "Let ")];
    server.begin = () => [snapshot(...past), LIVE];
    const stream = follow(server);
    await vi.waitFor(() => expect(stream.execution()).toEqual(runOf(...past)));
    const next = delta("t1", 4, "me see");
    server.send(frame(next, "p1"));
    await vi.waitFor(() => expect(stream.execution()).toEqual(runOf(...past, next)));
    expect(stream.execution()?.steps[0]).toMatchObject({ text: "Let me see" });
  });

  test("U2: cut, resumes from where it was, and no piece counts twice or is lost", async () => {
    const server = await LiveServer.start();
    server.begin = ({ headers }) =>
      headers["last-event-id"] === "p1"
        ? [frame(delta("t1", 4, "me "), "p2"), LIVE]
        : [snapshot(started()), LIVE];
    const stream = follow(server);
    await vi.waitFor(() => expect(stream.status).toEqual({ name: "open", live: true }));
    server.send(frame(delta("t1", 0, "Let "), "p1"));
    await vi.waitFor(() => expect(stream.position).toBe("p1"));
    server.opened[0]?.cut();
    await vi.waitFor(() => expect(stream.execution()?.steps[0]).toMatchObject({ text: "Let me " }));
    expect(server.connections).toHaveLength(2);
  });

  test("U3: after a reset the snapshot takes the place of all there was", async () => {
    const server = await LiveServer.start();
    server.begin = ({ headers }) =>
      headers["last-event-id"]
        ? [["stream.reset", { reason: "retention" }], snapshot(started("r1", "Another")), LIVE]
        : [snapshot(started(), delta("t1", 0, "x")), LIVE];
    const stream = follow(server);
    await vi.waitFor(() => expect(stream.execution()?.steps).toHaveLength(1));
    await vi.waitFor(() => expect(stream.position).toBe("p0"));
    server.opened[0]?.cut();
    await vi.waitFor(() => expect(stream.execution()).toEqual(runOf(started("r1", "Another"))));
  });

  test("a chunk of many events is told once", async () => {
    const server = await LiveServer.start();
    server.begin = () => [snapshot(started()), LIVE];
    const stream = follow(server);
    await vi.waitFor(() => expect(stream.status).toEqual({ name: "open", live: true }));
    const seen = changesOf(stream);
    server.send(...Array.from({ length: 200 }, (_, i) => frame(delta("t1", i, "x"), `p${i + 1}`)));
    await vi.waitFor(() => {
      expect(stream.execution()?.steps[0]).toMatchObject({ text: "x".repeat(200) });
    });
    expect(seen).toHaveLength(1);
  });

  test("pieces that come fast are told a frame at a time", async () => {
    const server = await LiveServer.start();
    server.begin = () => [snapshot(started()), LIVE];
    const stream = follow(server);
    await vi.waitFor(() => expect(stream.status).toEqual({ name: "open", live: true }));
    const seen = changesOf(stream);
    const began = performance.now();
    for (let i = 0; i < 100; i++) {
      server.send(frame(delta("t1", i, "x"), `p${i + 1}`));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await vi.waitFor(() => {
      expect(stream.execution()?.steps[0]).toMatchObject({ text: "x".repeat(100) });
    });
    expect(seen.length).toBeLessThanOrEqual(2 + (performance.now() - began) / 16);
  });

  test("U7: a run that is over is shown when all of it is there, and the stream ends", async () => {
    const server = await LiveServer.start();
    server.begin = () => [frame(started(), "p1"), frame(delta("t1", 0, "Hm"), "p2")];
    const stream = follow(server);
    const seen = changesOf(stream);
    await vi.waitFor(() => expect(stream.status).toMatchObject({ name: "open" }));
    const rest = [thought("t1", "Hm"), completed()];
    server.send(...rest.map((it, i) => frame(it, `p${i + 3}`)), LIVE, ENDED);
    await vi.waitFor(() => expect(stream.status).toEqual({ name: "ended", reason: "completed" }));
    const whole = runOf(started(), delta("t1", 0, "Hm"), ...rest);
    expect(stream.execution()).toEqual(whole);
    expect(seen.filter((run) => run !== undefined && run !== stream.execution())).toEqual([]);
  });

  test("U7: answered 204, has ended", async () => {
    const server = await LiveServer.start();
    server.refuse = () => 204;
    const stream = follow(server);
    await vi.waitFor(() => expect(stream.status).toEqual({ name: "ended", reason: "completed" }));
  });

  test("404 fails at once", async () => {
    const server = await LiveServer.start();
    let asked = 0;
    server.refuse = () => {
      asked++;
      return 404;
    };
    const stream = follow(server);
    await vi.waitFor(() => {
      expect(stream.status).toMatchObject({ name: "failed", problem: { status: 404 } });
    });
    expect(asked).toBe(1);
  });

  test("deltas: false is asked for, and is another stream", async () => {
    const server = await LiveServer.start();
    follow(server, false);
    await vi.waitFor(() => expect(server.connections[0]?.url.search).toBe("?deltas=false"));
    expect(executionSource("r1").key).not.toBe(executionSource("r1", { deltas: false }).key);
  });

  test("adopt takes the viewers alone, which no event tells", async () => {
    const server = await LiveServer.start();
    server.begin = () => [snapshot(started(), delta("t1", 0, "x")), LIVE];
    const stream = follow(server);
    await vi.waitFor(() => expect(stream.execution()).toBeDefined());
    stream.adopt({ ...runOf(started()), viewers: ["bo"] });
    expect(stream.execution()).toMatchObject({ viewers: ["bo"], steps: [{ text: "x" }] });
  });
});

describe("readRecording", () => {
  const past = [started(), event("usage:updated", { usage: runOf(started()).usage }), completed()];

  test("answers all events of a run, and lets go of the stream", async () => {
    const server = await LiveServer.start();
    server.begin = () => [...past.map((it, i) => frame(it, `p${i + 1}`)), LIVE, ENDED];
    await expect(readRecording({ url: server.url }, "r1", FAST)).resolves.toEqual(past);
    expect(server.connections[0]?.url.search).toBe("?after=earliest");
    await vi.waitFor(() => expect(server.opened).toEqual([]));
  });

  test("of a run that goes on answers what there is until now", async () => {
    const server = await LiveServer.start();
    server.begin = () => [frame(started(), "p1"), LIVE];
    await expect(readRecording({ url: server.url }, "r1", FAST)).resolves.toEqual([started()]);
    await vi.waitFor(() => expect(server.opened).toEqual([]));
  });

  test("U2: cut in its midst, goes on and has each event once", async () => {
    const server = await LiveServer.start();
    server.begin = ({ headers }) =>
      headers["last-event-id"] === "p2"
        ? [frame(past[2] as (typeof past)[0], "p3"), LIVE, ENDED]
        : past.slice(0, 2).map((it, i) => frame(it, `p${i + 1}`));
    const recording = readRecording({ url: server.url }, "r1", FAST);
    await vi.waitFor(() => expect(server.opened).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    server.opened[0]?.cut();
    await expect(recording).resolves.toEqual(past);
  });

  test("where retention took some, begins with the snapshot", async () => {
    const server = await LiveServer.start();
    const so = snapshot(started());
    server.begin = () => [["stream.reset", { reason: "retention" }], so, LIVE];
    const [type, data] = so;
    await expect(readRecording({ url: server.url }, "r1", FAST)).resolves.toEqual([{ type, data }]);
  });

  test("refused, rejects with the problem; aborted, with the reason", async () => {
    const server = await LiveServer.start();
    server.begin = () => [];
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(readRecording({ url: server.url }, "r1", { signal })).rejects.toThrow("enough");
    server.refuse = () => 404;
    await expect(readRecording({ url: server.url }, "r1")).rejects.toMatchObject({ status: 404 });
  });
});
