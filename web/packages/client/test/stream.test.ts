import { describe, expect, expectTypeOf, test, vi } from "vitest";
import type { StreamEvent, StreamStatus, TopicState } from "../src";
import { open, reached } from "./support/open";
import { event, initial, json, live, opened, serve, sse, update } from "./support/server";

describe("listeners", () => {
  test("throwing_harmsNobody_andIsReported", async () => {
    const url = await serve((_, response) => {
      sse(response).send(opened(), live(), event("p1", 1), event("p2", 2));
    });
    const errors: unknown[] = [];
    const seen: unknown[] = [];
    const stream = open({ url, onError: (error) => errors.push(error) });
    stream.on("x", ({ data }) => {
      throw new Error(`no ${data}`);
    });
    stream.on(({ data }) => seen.push(data));
    await vi.waitFor(() => expect(seen).toEqual([1, 2]));
    expect(errors).toEqual([new Error("no 1"), new Error("no 2")]);
    expect(stream.status).toEqual({ name: "open", live: true });
  });

  test("closingInTheMidstOfAChunk_deliversNothingMore", async () => {
    let gone = false;
    const url = await serve((_, response) => {
      const writer = sse(response);
      writer.send(opened(), live(), event("p1", 1), event("p2", 2), initial("a/b", 1));
      void writer.gone.then(() => {
        gone = true;
      });
    });
    const seen: unknown[] = [];
    const stream = open({ url });
    stream.on("x", ({ data }) => {
      seen.push(data);
      stream.close();
    });
    await vi.waitFor(() => expect(gone).toBe(true));
    expect(seen).toEqual([1]);
    expect(stream.status).toEqual({ name: "ended", reason: "client" });
    expect(stream.position).toBe("p1");
    expect(stream.states().size).toBe(0);
  });

  test("unsubscribed_hearsNothing_evenInTheSameRound", async () => {
    const url = await serve((_, response) => {
      sse(response).send(opened(), live(), event("p1", 1), ["stream.end", { reason: "completed" }]);
    });
    const seen: string[] = [];
    const stream = open({ url });
    stream.on("x", () => {
      seen.push("first");
      leave();
    });
    const leave = stream.on("x", () => seen.push("second"));
    const same = () => seen.push("twice");
    stream.on("x", same);
    stream.on("x", same)();
    await reached(stream, "ended");
    expect(seen).toEqual(["first", "twice"]);
  });

  test("types_areThoseOfTheEventMap", async () => {
    const stream = open<{ "order.created": { total: number } }>({ url: "http://127.0.0.1:9" });
    stream.on("order.created", (it) => {
      expectTypeOf(it).toEqualTypeOf<StreamEvent<{ total: number }, "order.created">>();
    });
    stream.on("state.update", ({ data }) => expectTypeOf(data.base).toEqualTypeOf<number>());
    // @ts-expect-error the map does not know this type
    stream.on("order.lost", () => undefined);
  });
});

describe("states", () => {
  test("whatArrivesTogether_isToldOnce", async () => {
    const url = await serve((_, response) => {
      sse(response).send(
        opened(),
        initial("a/1", 1),
        initial("a/2", 1),
        live(),
        update("p1", "a/1", 2, { value: 2 }),
      );
    });
    const stream = open({ url, topics: ["a/*"] });
    const told = { all: 0, one: 0, two: 0, none: 0 };
    const changes: unknown[] = [];
    stream.onState((topic, state) => changes.push([topic, state?.version]));
    stream.watch("a/1", () => told.one++);
    stream.watch("a/2", () => told.two++);
    stream.watch("a/3", () => told.none++);
    stream.subscribe(() => told.all++);
    await vi.waitFor(() => expect(stream.state("a/1")?.version).toBe(2));
    expect(told).toEqual({ all: 1, one: 1, two: 1, none: 0 });
    expect(changes).toEqual([
      ["a/1", 1],
      ["a/2", 1],
      ["a/1", 2],
    ]);
  });

  test("snapshots_keepTheirIdentityUntilTheyChange", async () => {
    let release = () => {};
    const url = await serve((_, response) => {
      const writer = sse(response);
      writer.send(opened(), initial("a/1", { x: { y: 1 }, z: [1] }), initial("a/2", 1), live());
      release = () => {
        writer.send(
          update("p1", "a/1", 2, { patches: [{ op: "add", path: "/z/-", value: 2 }] }),
          update("p2", "a/1", 3, { value: { x: { y: 1 }, z: [1, 2], w: 0 } }),
        );
      };
    });
    const stream = open({ url, topics: ["a/*"] });
    await vi.waitFor(() => expect(stream.states().size).toBe(2));
    const [all, one, two, status] = [
      stream.states(),
      stream.state("a/1"),
      stream.state("a/2"),
      stream.status,
    ];
    expect(stream.states()).toBe(all);
    expect(stream.status).toBe(status);
    release();
    await vi.waitFor(() => expect(stream.state("a/1")?.version).toBe(3));
    expect(stream.states()).not.toBe(all);
    expect(all.get("a/1")).toBe(one);
    expect(stream.state("a/2")).toBe(two);
    expect(stream.status).toBe(status);
    const x = (state: TopicState | undefined) => (state as TopicState<{ x: object }>).value.x;
    expect(x(stream.state("a/1"))).toBe(x(one));
  });

  test("S4: anAnswerThatIsTooOld_isAskedForAgain", async () => {
    let asked = 0;
    const url = await serve(({ url }, response) => {
      if (url.pathname === "/v1/stream") {
        sse(response).send(
          opened(),
          live(),
          update("p1", "a/b", 5, { patches: [{ op: "test", path: "", value: 4 }] }),
        );
      } else {
        asked++;
        json(response, 200, asked, { etag: `"${asked + 1}"` });
      }
    });
    const stream = open({ url });
    await vi.waitFor(() => expect(stream.state("a/b")).toMatchObject({ version: 5, value: 4 }));
    expect(asked).toBe(4);
  });

  test("S4: aRefusedQuestion_isReported_andTheTopicHasNoValueUntilOneComes", async () => {
    let finish = () => {};
    let asked = 0;
    const url = await serve(({ url }, response) => {
      if (url.pathname === "/v1/stream") {
        const writer = sse(response);
        writer.send(opened(), initial("a/b", 1), live(), update("p1", "a/b", 5, { patches: [] }));
        finish = () => {
          writer.send(
            update("p2", "a/b", 6, { patches: [] }),
            update("p3", "a/b", 7, { value: 7 }),
          );
        };
      } else {
        asked++;
        json(response, 403, { code: "forbidden" });
      }
    });
    const errors: unknown[] = [];
    const stream = open({ url, onError: (error) => errors.push(error) });
    await vi.waitFor(() => expect(errors).toMatchObject([{ code: "forbidden" }]));
    expect(stream.state("a/b")).toBeUndefined();
    finish();
    await vi.waitFor(() => expect(stream.state("a/b")?.value).toBe(7));
    expect(asked).toBe(1);
  });
});

describe("connections", () => {
  test("retry_doesNotWaitAnyLonger", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      if (++requests === 1) response.writeHead(503).end();
      else sse(response).send(opened(), live());
    });
    const stream = open({ url, retryMs: 600_000, retryCapMs: 600_000 });
    await reached(stream, "retrying");
    stream.retry();
    await reached(stream, "open");
  });

  test("online_doesNotWaitAnyLonger", async () => {
    const window = new EventTarget();
    vi.stubGlobal("window", window);
    vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
    let requests = 0;
    const url = await serve((_, response) => {
      if (++requests === 1) response.writeHead(503).end();
      else sse(response).send(opened(), live());
    });
    const stream = open({ url, retryMs: 600_000, retryCapMs: 600_000 });
    vi.unstubAllGlobals();
    await reached(stream, "retrying");
    window.dispatchEvent(new Event("online"));
    await reached(stream, "open");
  });

  test("aFailingTokenSource_isTriedAgain", async () => {
    const url = await serve(({ headers }, response) => {
      expect(headers.authorization).toBe("Bearer t");
      sse(response).send(opened(), live());
    });
    let asked = 0;
    const token = async () => {
      if (++asked === 1) throw new Error("identity provider is away");
      return "t";
    };
    const stream = open({ url, token });
    const statuses: StreamStatus[] = [];
    stream.onStatus((status) => statuses.push(status));
    await reached(stream, "open");
    expect(statuses[0]).toMatchObject({ attempt: 1, reason: { code: "no_token" } });
  });

  test("aMountedServer_keepsItsPath", async () => {
    const paths: string[] = [];
    const url = await serve(({ url }, response) => {
      paths.push(url.pathname);
      response.writeHead(204).end();
    });
    await reached(open({ url: `${url}/live/here` }), "ended");
    await reached(open({ url: new URL(`${url}/live/here/`) }), "ended");
    expect(paths).toEqual(["/live/here/v1/stream", "/live/here/v1/stream"]);
  });

  test("close_whileWaiting_isFinal", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.writeHead(503).end();
    });
    const stream = open({ url, retryMs: 600_000, retryCapMs: 600_000 });
    await reached(stream, "retrying");
    stream.close();
    stream.retry();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stream.status).toEqual({ name: "ended", reason: "client" });
    expect(requests).toBe(1);
  });
});
