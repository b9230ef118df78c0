import {
  type ExecutionPage,
  type ExecutionSummary,
  isOver,
  listExecutions,
  type RunStatus,
} from "@freshet/agents";
import { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSignedIn } from "../session/SessionContext";

/** So often it is looked while something runs, and while nothing does. */
const [busyMs, idleMs] = [1_500, 5_000];
const pageSize = 50;

/** The runs that the session may see, as they were a moment ago. */
export function useRuns(chosen: readonly RunStatus[]) {
  const server = useServer();
  const { signIns } = useSignedIn();
  const query = useInfiniteQuery({
    queryKey: ["runs", chosen, signIns],
    queryFn: ({ pageParam, signal }) =>
      listExecutions(server, {
        status: chosen,
        limit: pageSize,
        signal,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }: ExecutionPage) => cursor,
    placeholderData: keepPreviousData,
    retry: false,
    refetchInterval: ({ state }) =>
      runsIn(state.data?.pages).some(({ status }) => !isOver(status)) ? busyMs : idleMs,
  });
  const pages = query.data?.pages;
  return {
    /** Null: not known yet. */
    runs: useMemo(() => (pages === undefined ? null : runsIn(pages)), [pages]),
    problem: query.error instanceof Problem ? query.error : null,
    /** When it was last known to be so. */
    updatedAt: query.dataUpdatedAt,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    reload: () => void query.refetch(),
  };
}

/** A run that began while its page was asked for is on two pages. */
function runsIn(pages: readonly ExecutionPage[] = []): readonly ExecutionSummary[] {
  const byId = new Map(
    pages.flatMap(({ executions }) => executions.map((run) => [run.executionId, run] as const)),
  );
  return [...byId.values()];
}
