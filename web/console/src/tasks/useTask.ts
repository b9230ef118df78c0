import { type LiveResource, Problem, resourceSource, type TaskDetail } from "@freshet/client";
import { useLiveResource, useServer, useSharedStream } from "@freshet/react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { TellingStream } from "../connection/ConnectionContext";
import { useReopenOnSignIn } from "../connection/useReopenOnSignIn";
import { isCurrent } from "../connection/useStatus";
import { readTask, taskPath } from "./requests";
import { isOver } from "./task";

/** What has ended may still be deleted, which no stream tells: so often it is looked. */
const lookEveryMs = 5_000;

/**
 * `unknown`: there is no such task; `deleted`: there was one a moment ago; `failed`: the server
 * does not say.
 */
type TaskState = "loading" | "known" | "unknown" | "deleted" | "failed";

/** A task as it was last known, and whether that is how it is. */
export interface WatchedTask {
  readonly task: TaskDetail | null;
  readonly state: TaskState;
  readonly problem: Problem | null;
  /** Null until it is opened. */
  readonly stream: TellingStream | null;
  /** Whether what is shown is true now. */
  readonly current: boolean;
  readonly reopen: () => void;
}

/** Follows a task until it has ended, then looks whether it is still there. */
export function useTask(id: string): WatchedTask {
  const key = ["task", id];
  const request = {
    url: taskPath(id),
    streamUrl: `${taskPath(id)}/stream`,
    isTerminal: isOver,
  };
  const { data, status, error, refetch } = useLiveResource<TaskDetail>({ key, ...request });
  // The same connection, for the header.
  const { stream: resource, reopen } = useSharedStream(resourceSource<TaskDetail>(key, request));
  useReopenOnSignIn(reopen);
  const stream = useMemo(() => (resource === undefined ? null : telling(resource)), [resource]);
  // A connection that takes another's place begins without a document.
  const [last, setLast] = useState<TaskDetail | null>(null);
  if (data !== undefined && data !== last) setLast(data);
  const task = data ?? last;

  const isGone = useGone(id, status.name === "ended");
  const state = stateOf(task, isGone, status.name === "failed" ? error : undefined);
  return {
    task,
    state,
    problem: error ?? null,
    stream,
    current: state === "known" && (isCurrent(status) || status.name === "ended"),
    reopen: () => void refetch(),
  };
}

function stateOf(
  task: TaskDetail | null,
  isGone: boolean,
  problem: Problem | undefined,
): TaskState {
  if (isGone || problem?.status === 404) return task === null ? "unknown" : "deleted";
  if (problem !== undefined) return "failed";
  return task === null ? "loading" : "known";
}

/** Whether a task that is not followed any more was deleted. */
function useGone(id: string, enabled: boolean): boolean {
  const server = useServer();
  const { error } = useQuery({
    queryKey: ["task", id, "there"],
    queryFn: ({ signal }) => readTask(server, id, signal),
    enabled,
    retry: false,
    gcTime: 0,
    refetchInterval: ({ state }) => (isNotFound(state.error) ? false : lookEveryMs),
  });
  return enabled && isNotFound(error);
}

function isNotFound(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}

/** The resource as a stream, which tells of each document that comes. */
function telling(resource: LiveResource<TaskDetail>): TellingStream {
  const on = (listener: () => void) => {
    let known = resource.view().data;
    return resource.subscribe(() => {
      const { data } = resource.view();
      if (data === known) return;
      known = data;
      listener();
    });
  };
  return Object.create(resource, { on: { value: on } }) as TellingStream;
}
