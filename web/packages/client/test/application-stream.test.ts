import { expect, expectTypeOf, onTestFinished, test, vi } from "vitest";
import { type ApplicationEvent, openApplicationStream, type RuntimeEvents } from "../src";
import { reached } from "./support/open";
import { type Frame, live, opened, type Received, serve, sse } from "./support/server";

interface Progress {
  readonly acquisition_uuid: string;
  readonly grid_count: number;
}

const progress = (id: string, count: number): Frame => [
  "acquisition.progress",
  { acquisition_uuid: "a", grid_count: count },
  id,
];

test("bareFrames_areTheApplicationsEvents_andResume", async () => {
  const requests: Received[] = [];
  const url = await serve((request, response) => {
    requests.push(request);
    const writer = sse(response);
    if (requests.length === 1) {
      writer.send(opened(), progress("", 1), live("p1"), progress("p2", 2));
      writer.end();
    } else {
      writer.send(opened(true), progress("p3", 3), ["stream.end", { reason: "completed" }, "p3"]);
    }
  });
  const path = "/frontend/events/stream?acquisition_uuid=a&event_types=x,y";
  const stream = openApplicationStream<{ "acquisition.progress": Progress }>({
    url,
    path,
    retryMs: 1,
  });
  onTestFinished(stream.close);
  const counts: number[] = [];
  stream.on("acquisition.progress", (event) => {
    expectTypeOf(event).toEqualTypeOf<ApplicationEvent<Progress, "acquisition.progress">>();
    counts.push(event.data.grid_count);
  });
  await reached(stream, "ended");
  expect(counts).toEqual([1, 2, 3]);
  expect(stream.position).toBe("p3");
  expect(
    requests.map(({ url, headers }) => [url.pathname + url.search, headers["last-event-id"]]),
  ).toEqual([
    ["/frontend/events/stream?acquisition_uuid=a&event_types=x%2Cy", undefined],
    ["/frontend/events/stream?acquisition_uuid=a&event_types=x%2Cy", "p2"],
  ]);
});

test("stateNames_areTheApplicationsOwn_andNobodyIsAsked", async () => {
  const paths: string[] = [];
  const url = await serve(({ url }, response) => {
    paths.push(url.pathname);
    const slices = { counter: 1 };
    sse(response).send(
      opened(),
      ["state.initial", { slices }],
      ["state.update", { slice: "counter", patches: [{ op: "remove", path: "/no" }] }, "p1"],
      ["stream.unknown", {}],
      ["list", [1, 2], "p2"],
      ["heartbeat", {}, "p3"],
    );
  });
  const stream = openApplicationStream({ url, path: "events", after: "p0" });
  onTestFinished(stream.close);
  const seen: unknown[] = [];
  stream.on(({ type, data }) => seen.push([type, data]));
  await vi.waitFor(() => expect(seen).toHaveLength(3));
  expect(seen).toEqual([
    ["state.initial", { slices: { counter: 1 } }],
    ["state.update", { slice: "counter", patches: [{ op: "remove", path: "/no" }] }],
    ["list", [1, 2]],
  ]);
  expect(paths).toEqual(["/events"]);
});

test("failures_areNotPolledFor_unlessItIsTold", async () => {
  const accepted: unknown[] = [];
  const url = await serve(({ headers }, response) => {
    accepted.push(headers.accept);
    response.writeHead(accepted.length < 6 ? 503 : 204).end();
  });
  const stream = openApplicationStream({ url, path: "events", retryMs: 1, retryCapMs: 1 });
  await reached(stream, "ended");
  expect(new Set(accepted)).toEqual(new Set(["text/event-stream"]));
});

test("aRuntimesEvents_haveTheTypesOfTheirRecords", async () => {
  const url = await serve((_request, response) => {
    sse(response).send(
      opened(),
      ["state.initial", { slices: { n: 1 }, versions: { n: 4 }, timestamp: "t" }],
      ["state.update", { slice: "n", version: 5, base: 4, value: 2, timestamp: "t" }, "p2"],
      live("p2"),
      ["stream.end", { reason: "completed" }, "p2"],
    );
  });
  const path = "/events?slices=n";
  const stream = openApplicationStream<RuntimeEvents>({ url, path, retryMs: 1 });
  onTestFinished(stream.close);
  const seen: unknown[] = [];
  stream.on("state.initial", ({ data }) => seen.push(data.slices, data.versions["n"]));
  stream.on("state.update", ({ data }) => seen.push([data.slice, data.value]));
  stream.on("execution.status", ({ data }) => {
    expectTypeOf(data.status).toEqualTypeOf<"started" | "completed" | "failed">();
  });
  await reached(stream, "ended");
  expect(seen).toEqual([{ n: 1 }, 4, ["n", 2]]);
});
