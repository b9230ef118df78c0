import { Problem } from "@freshet/client";
import { useQueries, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type AcquisitionResponse,
  createAcquisitionGrid,
  type GridResponse,
  getAcquisition,
  getAcquisitions,
  getGridsquareFoilholes,
  smartemKeys,
  smartemQueries,
} from "../src";
import { queryClient } from "./support/providing";
import { LiveServer } from "./support/server";

describe("operations", () => {
  test("path_query_andBody_areWhatTheServerGets", async () => {
    const server = await LiveServer.start();
    server.answers["POST /acquisitions/q%2F1/grids"] = ({ body }) => body;
    server.answers["GET /gridsquares/s1/foilholes?on_square_only=true"] = () => [];
    const grid = await createAcquisitionGrid(server, {
      path: { acquisition_uuid: "q/1" },
      body: { uuid: "g1", name: "Grid", acquisition_uuid: "q/1" },
    });
    expectTypeOf(grid).toEqualTypeOf<GridResponse>();
    expect(grid).toEqual({ uuid: "g1", name: "Grid", acquisition_uuid: "q/1" });
    await getGridsquareFoilholes(server, {
      path: { gridsquare_uuid: "s1" },
      query: { on_square_only: true },
    });
    expect(server.asked).toHaveLength(2);
  });

  test("withoutPathParameters_needNoInput", async () => {
    const server = await LiveServer.start();
    server.answers["GET /acquisitions"] = () => [{ uuid: "q1" }];
    const acquisitions = await getAcquisitions(server);
    expectTypeOf(acquisitions).toEqualTypeOf<AcquisitionResponse[]>();
    expect(acquisitions).toEqual([{ uuid: "q1" }]);
  });

  test("R4: refused_isAProblem_withTheServersDetail", async () => {
    const server = await LiveServer.start();
    const path = { acquisition_uuid: "q1" };
    const problem = await getAcquisition(server, { path }).catch((it: unknown) => it);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      status: 404,
      detail: "Nothing at GET /acquisitions/q1",
      retryable: false,
    });
  });

  test("A4: token_isSent_andAskedForAgainWhereItIsRefused", async () => {
    const server = await LiveServer.start();
    server.answers["GET /acquisitions"] = () => [];
    server.refuse = ({ authorization }) => (authorization === "Bearer new" ? undefined : 401);
    const token = ({ fresh }: { readonly fresh: boolean }) => (fresh ? "new" : "old");
    await getAcquisitions({ url: server.url, token });
    expect(server.asked[0]?.headers.authorization).toBe("Bearer new");
  });
});

describe("smartemQueries", () => {
  test("keys_knowWhatTheAnswerIs", () => {
    const { queryKey } = smartemQueries({ url: "/" }).acquisition("q1");
    const cached = queryClient().getQueryData(queryKey);
    expectTypeOf(cached).toEqualTypeOf<AcquisitionResponse | undefined>();
    expect(queryKey).toEqual(smartemKeys.acquisition("q1"));
  });

  test("typesOfAnswersAndErrors_reachTheHooks", () => {
    const query = smartemQueries({ url: "/" }).acquisition("q1");
    function useTyped() {
      const { data, error } = useQuery({ ...query, select: ({ name }) => name });
      expectTypeOf(data).toEqualTypeOf<string | undefined>();
      expectTypeOf(error).toEqualTypeOf<Problem | null>();
      expectTypeOf(useSuspenseQuery(query).data).toEqualTypeOf<AcquisitionResponse>();
      return useQueries({ queries: [query, query] })[0].error;
    }
    expectTypeOf(useTyped).returns.toEqualTypeOf<Problem | null>();
  });

  test("whatNoRepetitionHeals_isNotRepeated", () => {
    const { retry } = smartemQueries({ url: "/" }).acquisition("q1");
    expect(retry(0, new Problem({ code: "http_404", status: 404 }))).toBe(false);
    expect(retry(0, new Problem({ code: "http_503", status: 503 }))).toBe(true);
    expect(retry(3, new Problem({ code: "http_503", status: 503 }))).toBe(false);
  });
});
