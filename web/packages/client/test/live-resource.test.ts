import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type LiveResource, type LiveResourceOptions, liveResource, shouldStream } from "../src";
import type { Server } from "../src/server";
import { type Documents, documents } from "./support/live-server";
import { json, type Received, serve } from "./support/server";

interface Task {
  readonly id: string;
  readonly status: string;
  readonly done: number;
  readonly parts: readonly { readonly n: number }[];
}

const task = (done: number, status = "running"): Task => ({
  id: "7",
  status,
  done,
  parts: [{ n: 1 }, { n: done }],
});

function follow<T = Task>(
  server: Server,
  options: Partial<LiveResourceOptions<T>> = {},
): LiveResource<T> {
  const resource = liveResource<T>(server, {
    url: "tasks/7",
    streamUrl: "tasks/7/stream",
    intervalMs: 5,
    retryMs: 1,
    retryCapMs: 2,
    ...options,
  });
  onTestFinished(resource.close);
  return resource;
}

const isStream = ({ url }: Received) => url.pathname.endsWith("/stream");

describe("with a stream", () => {
  test("aSnapshot_thenTheStream_sharingWhatDidNotChange", async () => {
    const requests: string[] = [];
    let stream: Documents | undefined;
    const url = await serve((request, response) => {
      requests.push(request.url.pathname);
      if (isStream(request)) stream = documents(response, task(1));
      else json(response, 200, task(1));
    });
    const resource = follow({ url });
    const modes: string[] = [];
    resource.subscribe(() => modes.push(resource.view().mode));
    expect(resource.view()).toMatchObject({ data: undefined, mode: "idle" });
    await vi.waitFor(() => expect(resource.view().mode).toBe("streaming"));
    const before = resource.view().data;
    expect(before).toEqual(task(1));
    stream?.send(task(2));
    await vi.waitFor(() => expect(resource.view().data).toEqual(task(2)));
    expect(resource.view().data?.parts[0]).toBe(before?.parts[0]);
    expect(requests).toEqual(["/tasks/7", "/tasks/7/stream"]);
    expect(modes).not.toContain("polling");
    const view = resource.view();
    stream?.send(task(2));
    stream?.frame("heartbeat", {}, "p9");
    await vi.waitFor(() => expect(resource.position).toBe("p9"));
    expect(resource.view().data).toBe(view.data);
  });

  test.each(["a document", "a heartbeat"])("%s_saysThatTheStreamIsLive", async (which) => {
    let stream: Documents | undefined;
    const url = await serve((request, response) => {
      if (isStream(request)) stream = documents(response);
      else json(response, 200, task(1));
    });
    const resource = follow({ url });
    await vi.waitFor(() => expect(stream).toBeDefined());
    await vi.waitFor(() => expect(resource.status).toEqual({ name: "open", live: false }));
    const seen: unknown[] = [];
    resource.onStatus((status) => seen.push([status, resource.view().data?.done]));
    if (which === "a document") stream?.send(task(2));
    else stream?.frame("heartbeat", {}, "p1");
    await vi.waitFor(() => expect(resource.view().status).toEqual({ name: "open", live: true }));
    const done = which === "a document" ? 2 : 1;
    expect(seen).toEqual([[{ name: "open", live: true }, done]]);
    stream?.cut();
    await vi.waitFor(() => expect(resource.status).toEqual({ name: "open", live: false }));
  });

  test("withEventsOfItsOwn_itIsLive_whenTheDocumentIsRead", async () => {
    const url = await serve((request, response) => {
      if (isStream(request)) documents(response);
      else json(response, 200, { count: 1 });
    });
    const resource = follow<{ readonly count: number }>({ url }, { applyEvent: (it) => it });
    await vi.waitFor(() => expect(resource.status).toEqual({ name: "open", live: true }));
    expect(resource.view().data).toEqual({ count: 1 });
  });

  test("U7: theEnd_isTheEnd", async () => {
    const url = await serve((request, response) => {
      if (!isStream(request)) return json(response, 200, task(1));
      const stream = documents(response, task(2, "completed"));
      stream.frame("stream.end", { reason: "completed" }, "p3");
      stream.cut();
    });
    const resource = follow({ url });
    await vi.waitFor(() => expect(resource.status.name).toBe("ended"));
    expect(resource.view()).toMatchObject({
      data: task(2, "completed"),
      mode: "idle",
      error: undefined,
    });
  });

  test("whatIsTerminal_isNotFollowed_norComeBackTo", async () => {
    const requests: string[] = [];
    let status = "completed";
    const url = await serve((request, response) => {
      requests.push(request.url.pathname);
      if (isStream(request)) documents(response, task(2, "failed")).cut();
      else json(response, 200, task(1, status));
    });
    const isTerminal = (it: Task) => it.status !== "running";
    const finished = follow({ url }, { isTerminal });
    await vi.waitFor(() => expect(finished.status.name).toBe("ended"));
    expect(requests).toEqual(["/tasks/7"]);
    status = "running";
    const failing = follow({ url }, { isTerminal });
    await vi.waitFor(() => expect(failing.status.name).toBe("ended"));
    expect(failing.view().data?.status).toBe("failed");
    expect(requests.slice(1)).toEqual(["/tasks/7", "/tasks/7/stream"]);
  });

  test("aCut_resumes_fromTheLastPosition", async () => {
    const positions: unknown[] = [];
    const url = await serve((request, response) => {
      if (!isStream(request)) return json(response, 200, task(0));
      positions.push(request.headers["last-event-id"]);
      const stream = documents(response, task(positions.length));
      stream.frame("heartbeat", {}, `p${positions.length}`);
      if (positions.length < 3) stream.cut();
    });
    const resource = follow({ url });
    await vi.waitFor(() => expect(resource.view().data).toEqual(task(3)));
    expect(positions).toEqual([undefined, "p1", "p2"]);
  });

  test.each(["503", "cut", "429"])(
    "repeatedFailures %s_poll_andTheStreamIsComeBackTo",
    async (how) => {
      let healthy = false;
      let polled = 0;
      let streams = 0;
      const url = await serve((request, response) => {
        if (!isStream(request)) return json(response, 200, task(polled++));
        streams++;
        if (healthy) documents(response, task(1000));
        else if (how === "503") response.writeHead(503).end();
        else if (how === "cut") response.socket?.destroy();
        else response.writeHead(429).end();
      });
      const resource = follow({ url }, { afterFailures: 2, streamAgainMs: 40 });
      let before: number | undefined;
      resource.subscribe(() => {
        if (resource.view().mode === "polling") before ??= streams;
      });
      await vi.waitFor(() => expect(before).toBe(2));
      await vi.waitFor(() => expect(resource.view().data?.done).toBeGreaterThan(3));
      healthy = true;
      await vi.waitFor(() => expect(resource.view().mode).toBe("streaming"));
      await vi.waitFor(() => expect(resource.view().data).toEqual(task(1000)));
    },
  );

  test("applyEvent_hearsAllEvents_andTheDocumentIsReadWhenAStreamBegins", async () => {
    let count = 10;
    let stream: Documents | undefined;
    let streams = 0;
    const url = await serve((request, response) => {
      if (!isStream(request)) return json(response, 200, { count });
      streams++;
      expect(request.headers["last-event-id"]).toBeUndefined();
      stream = documents(response);
    });
    const resource = follow<{ readonly count: number }>(
      { url },
      {
        applyEvent: (previous, { type, data }) =>
          type === "added" ? { count: (previous?.count ?? 0) + (data as number) } : previous,
      },
    );
    await vi.waitFor(() => expect(resource.view().mode).toBe("streaming"));
    stream?.frame("added", 5, "p1");
    await vi.waitFor(() => expect(resource.view().data).toEqual({ count: 15 }));
    count = 40;
    stream?.cut();
    await vi.waitFor(() => expect(streams).toBe(2));
    await vi.waitFor(() => expect(resource.view().data).toEqual({ count: 40 }));
    stream?.frame("added", 2, "p2");
    await vi.waitFor(() => expect(resource.view().data).toEqual({ count: 42 }));
  });

  test.each([0, "0", "", false, null, []])("emptyData %j_survives", async (value) => {
    const url = await serve((request, response) => {
      if (isStream(request)) documents(response, value);
      else json(response, 200, { not: "it" });
    });
    const resource = follow<unknown>({ url });
    await vi.waitFor(() => expect(resource.view().data).toEqual(value));
  });

  test("dataThatIsNoJson_isText_alsoWithoutAny", async () => {
    const url = await serve((request, response) => {
      if (!isStream(request)) return json(response, 200, []);
      documents(response);
      response.write("data: plain\n\nevent: named\ndata:\n\n");
    });
    const resource = follow<readonly unknown[]>(
      { url },
      { applyEvent: (list = [], { type, data }) => [...list, [type, data]] },
    );
    await vi.waitFor(() =>
      expect(resource.view().data).toEqual([
        ["message", "plain"],
        ["named", ""],
      ]),
    );
  });
});

describe("without a stream", () => {
  test("polls_atTheInterval_andThroughFailures", async () => {
    let polled = 0;
    const url = await serve((request, response) => {
      expect(isStream(request)).toBe(false);
      polled++;
      if (polled === 2) response.writeHead(503).end();
      else json(response, 200, task(polled));
    });
    const resource = follow({ url }, { streamUrl: undefined });
    const errors: unknown[] = [];
    resource.subscribe(() => errors.push(resource.view().error?.status));
    await vi.waitFor(() => expect(resource.view().data?.done).toBeGreaterThan(4));
    expect(resource.view()).toMatchObject({ mode: "polling", error: undefined });
    expect(errors).toContain(503);
  });

  test("closed_asksNoMore", async () => {
    let polled = 0;
    const url = await serve((_, response) => json(response, 200, task(polled++)));
    const resource = follow({ url }, { streamUrl: undefined });
    await vi.waitFor(() => expect(polled).toBeGreaterThan(1));
    resource.close();
    const before = polled;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(polled - before).toBeLessThanOrEqual(1);
    expect(resource.view().mode).toBe("idle");
  });
});

describe("refusals", () => {
  test.each([403, 404])("%i_failsAtOnce", async (status) => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.writeHead(status).end();
    });
    const resource = follow({ url });
    await vi.waitFor(() => expect(resource.status.name).toBe("failed"));
    expect(resource.view()).toMatchObject({ mode: "idle", error: { status } });
    expect(requests).toBe(1);
  });

  test.each([403, 404])("%i_ofTheStream_failsAtOnce_andTheDocumentStays", async (status) => {
    let streams = 0;
    const url = await serve((request, response) => {
      if (!isStream(request)) return json(response, 200, task(1));
      streams++;
      response.writeHead(status).end();
    });
    const resource = follow({ url });
    await vi.waitFor(() => expect(resource.status.name).toBe("failed"));
    expect(resource.view().data).toEqual(task(1));
    expect(streams).toBe(1);
  });

  test("401_isFollowedByAFreshToken_andGoesOn", async () => {
    const tokens: unknown[] = [];
    const url = await serve((request, response) => {
      tokens.push(request.headers.authorization);
      if (request.headers.authorization !== "Bearer new") response.writeHead(401).end();
      else if (isStream(request)) documents(response, task(2));
      else json(response, 200, task(1));
    });
    let current = "old";
    const token = ({ fresh }: { readonly fresh: boolean }) => {
      if (fresh) current = "new";
      return current;
    };
    const onSignOut = vi.fn();
    const resource = follow({ url, token }, { onSignOut });
    await vi.waitFor(() => expect(resource.view().data).toEqual(task(2)));
    expect(tokens).toEqual(["Bearer old", "Bearer new", "Bearer new"]);
    expect(onSignOut).not.toHaveBeenCalled();
  });

  test("401_again_signsOut_once", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.writeHead(401).end();
    });
    const onSignOut = vi.fn();
    const resource = follow({ url, token: () => "old" }, { onSignOut });
    await vi.waitFor(() => expect(resource.status.name).toBe("failed"));
    expect(onSignOut).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 401 }));
    expect(requests).toBe(2);
  });
});

test("A4: anAddressElsewhere_getsNoToken", async () => {
  let requests = 0;
  const elsewhere = await serve((_, response) => {
    requests++;
    json(response, 200, 1);
  });
  const resource = follow(
    { url: await serve(() => undefined), token: () => "secret" },
    { url: `${elsewhere}/tasks/7` },
  );
  await vi.waitFor(() => expect(resource.status.name).toBe("failed"));
  expect(resource.view().error?.code).toBe("foreign_address");
  expect(requests).toBe(0);
});

test("refetch_readsNow_andIsNotTakenOverWhatTheStreamSaidMeanwhile", async () => {
  const answers: ((value: unknown) => void)[] = [];
  let stream: Documents | undefined;
  const url = await serve((request, response) => {
    if (isStream(request)) stream = documents(response);
    else if (!stream) json(response, 200, task(1));
    else answers.push((value) => json(response, 200, value));
  });
  const resource = follow({ url });
  await vi.waitFor(() => expect(stream).toBeDefined());
  const late = resource.refetch();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  stream?.send(task(3));
  await vi.waitFor(() => expect(resource.view().data).toEqual(task(3)));
  answers[0]?.(task(2));
  expect(await late).toEqual(task(3));
  const again = resource.refetch();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.(task(4));
  expect(await again).toEqual(task(4));
  expect(resource.view().data).toEqual(task(4));
});

describe("shouldStream", () => {
  const view = { streamUrl: "s", enabled: true, terminal: false, failures: 0 };

  test.each([
    ["wanted", {}, true],
    ["without an address", { streamUrl: undefined }, false],
    ["disabled", { enabled: false }, false],
    ["terminal", { terminal: true }, false],
    ["two failures", { failures: 2 }, true],
    ["three failures", { failures: 3 }, false],
    ["polling, not yet", { failures: 3, againAt: 1001 }, false],
    ["polling, and due", { failures: 3, againAt: 1000 }, true],
    ["polling, due, but terminal", { failures: 3, againAt: 1000, terminal: true }, false],
  ])("%s", (_, change, expected) => {
    expect(shouldStream({ ...view, ...change }, 3, 1000)).toBe(expected);
  });
});
