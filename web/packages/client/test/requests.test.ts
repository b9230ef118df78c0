import { describe, expect, test } from "vitest";
import {
  deleteState,
  getState,
  login,
  logout,
  Problem,
  patchState,
  publish,
  putState,
  whoami,
} from "../src";
import { json, type Received, serve } from "./support/server";

const published = { first: "p1", position: "p2", count: 2, duplicate: false };

describe("publish", () => {
  test("L3 L4: batch_isOneArray_withItsKey", async () => {
    const got: Received[] = [];
    const url = await serve((request, response) => {
      got.push(request);
      json(response, 201, published);
    });
    const events = [
      { topic: "a", type: "x", data: 1 },
      { topic: "b", type: "y", end: true },
    ];
    const answer = await publish({ url, token: () => "t" }, events, { idempotencyKey: "k-1" });
    expect(answer).toEqual(published);
    expect(got).toMatchObject([
      {
        method: "POST",
        url: { pathname: "/v1/events" },
        headers: {
          "content-type": "application/json",
          "idempotency-key": "k-1",
          authorization: "Bearer t",
        },
        body: JSON.stringify(events),
      },
    ]);
  });

  test("R4: refused_isAProblem_withItsMembers", async () => {
    const url = await serve((_, response) => {
      response.writeHead(429, {
        "content-type": "application/problem+json; charset=utf-8",
        "retry-after": "3",
      });
      response.end(
        JSON.stringify({
          type: "urn:freshet:problem:rate_limited",
          title: "Rate limited",
          status: 429,
          detail: "11 events in a second, at most 10; wait",
          code: "rate_limited",
          limit: 10,
          value: 11,
        }),
      );
    });
    const problem = await publish({ url }, { topic: "a", type: "x" }).catch((it: unknown) => it);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      name: "Problem",
      message: "Rate limited: 11 events in a second, at most 10; wait",
      code: "rate_limited",
      status: 429,
      limit: 10,
      value: 11,
      retryAfterMs: 3000,
      retryable: true,
      errors: [],
    });
  });

  test("R4: whatAnApplicationLists_isAProblem_thatNamesThePlaces", async () => {
    const url = await serve((_, response) => {
      const detail = [
        { loc: ["body", "tiles", 0, "a/b"], msg: "Field required", type: "missing" },
        { loc: ["request"], msg: "too long", type: "value_error" },
      ];
      json(response, 422, { detail });
    });
    await expect(publish({ url }, [])).rejects.toMatchObject({
      code: "http_422",
      detail: "/tiles/0/a~1b: Field required; too long",
      errors: [
        { pointer: "/tiles/0/a~1b", detail: "Field required" },
        { pointer: "", detail: "too long" },
      ],
    });
  });

  test("noAnswer_isAProblemToo", async () => {
    const url = await serve((_, response) => void response.socket?.resetAndDestroy());
    await expect(publish({ url }, [])).rejects.toMatchObject({
      code: "network",
      status: 0,
      retryable: true,
    });
  });

  test("aborted_rejectsAsTheSignalSays", async () => {
    const url = await serve(() => undefined);
    const abort = new AbortController();
    const answer = publish({ url }, [], { signal: abort.signal });
    abort.abort(new Error("changed my mind"));
    await expect(answer).rejects.toThrow("changed my mind");
  });

  test("somebodyElsesHtml_isAProblemOfItsStatus", async () => {
    const url = await serve((_, response) => {
      response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway");
    });
    await expect(publish({ url }, [])).rejects.toMatchObject({ code: "http_502", status: 502 });
  });
});

describe("tokens", () => {
  test("A2: refused_asksOnceForAFreshOne", async () => {
    const tokens: unknown[] = [];
    const url = await serve(({ headers }, response) => {
      tokens.push(headers.authorization);
      if (headers.authorization === "Bearer good") json(response, 201, published);
      else json(response, 401, {});
    });
    const token = ({ fresh }: { fresh: boolean }) => (fresh ? "good" : "old");
    await publish({ url, token }, []);
    expect(tokens).toEqual(["Bearer old", "Bearer good"]);
    const bad = publish({ url, token: async () => "bad" }, []);
    await expect(bad).rejects.toMatchObject({ status: 401 });
    expect(tokens).toHaveLength(4);
  });
});

describe("states", () => {
  test("get_readsValueVersionAndPosition", async () => {
    const url = await serve(({ url }, response) => {
      expect(url.pathname).toBe("/v1/state/orders/a%2Bb%3D7");
      json(response, 200, { n: 1 }, { etag: '"7"', "freshet-position": "p9" });
    });
    expect(await getState({ url }, "orders/a+b=7")).toEqual({
      topic: "orders/a+b=7",
      value: { n: 1 },
      version: 7,
      position: "p9",
    });
  });

  test("get_withoutValue_isUndefined", async () => {
    const url = await serve((_, response) => json(response, 404, { code: "state_not_found" }));
    expect(await getState({ url }, "a")).toBeUndefined();
  });

  test("get_withoutVersion_isRefused", async () => {
    const url = await serve((_, response) => json(response, 200, 1));
    await expect(getState({ url }, "a")).rejects.toMatchObject({
      code: "malformed_answer",
      retryable: false,
    });
  });

  test("S2: writes_sayMethodTypeConditionCauseAndEnd", async () => {
    const got: unknown[] = [];
    const url = await serve(({ method, url, headers, body }, response) => {
      const conditions = [headers["if-match"], headers["if-none-match"]];
      const cause = [headers["freshet-cause-type"], headers["freshet-cause-id"]];
      got.push([
        method,
        url.pathname + url.search,
        headers["content-type"],
        body,
        conditions,
        cause,
      ]);
      if (method === "DELETE") response.writeHead(204).end();
      else json(response, 200, { topic: "a/b", version: 2, position: "p2" }, { etag: '"2"' });
    });
    const none = [undefined, undefined];
    const written = await putState({ url }, "a/b", { n: 1 }, { base: 0, end: true });
    await patchState({ url }, "a/b", [{ op: "remove", path: "/n" }], { base: 3 });
    await patchState({ url }, "a/b", { n: null }, { cause: { type: "undo", id: "7" } });
    await deleteState({ url }, "a/b", { base: 4, cause: { type: "undo" } });
    expect(written).toEqual({ topic: "a/b", version: 2, position: "p2" });
    expect(got).toEqual([
      ["PUT", "/v1/state/a/b?end=true", "application/json", '{"n":1}', [undefined, "*"], none],
      [
        "PATCH",
        "/v1/state/a/b",
        "application/json-patch+json",
        '[{"op":"remove","path":"/n"}]',
        ['"3"', undefined],
        none,
      ],
      ["PATCH", "/v1/state/a/b", "application/merge-patch+json", '{"n":null}', none, ["undo", "7"]],
      ["DELETE", "/v1/state/a/b", undefined, "", ['"4"', undefined], ["undo", undefined]],
    ]);
  });

  test("S2: mismatch_namesTheCurrentVersion", async () => {
    const url = await serve((_, response) => {
      json(response, 412, { code: "version_mismatch", current: 9 });
    });
    await expect(putState({ url }, "a", 1, { base: 8 })).rejects.toMatchObject({
      code: "version_mismatch",
      current: 9,
    });
  });
});

describe("sessions", () => {
  test("A4: login_sendsTokenInTheHeader_orCodeInTheBody", async () => {
    const got: unknown[] = [];
    const url = await serve(({ method, url, headers, body }, response) => {
      got.push([method, url.pathname, headers.authorization, body]);
      response.writeHead(204).end();
    });
    await login({ url }, { token: "t" });
    await login({ url, token: () => "unused" }, { code: "c" });
    await logout({ url });
    expect(got).toEqual([
      ["POST", "/v1/session", "Bearer t", ""],
      ["POST", "/v1/session", undefined, '{"code":"c"}'],
      ["DELETE", "/v1/session", undefined, ""],
    ]);
  });

  test("whoami_isTheSession", async () => {
    const session = {
      tenant: "t",
      subject: "s",
      read: ["**"],
      write: [],
      expiresAt: "2026-01-05T10:00:00Z",
    };
    const url = await serve((_, response) => json(response, 200, session));
    expect(await whoami({ url })).toEqual(session);
  });
});
