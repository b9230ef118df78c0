import type { TaskDetail, TaskStatus } from "@freshet/client";
import { computed, type MaybeRefOrGetter, toValue } from "vue";
import { type UsedResource, useLiveResource } from "./use-live-resource";

/** Options of {@link useTaskDetail}. */
export interface UseTaskDetailOptions {
  /** Default true. */
  readonly enabled?: MaybeRefOrGetter<boolean | undefined>;
  /** Milliseconds between requests while the stream fails. Default 5000. */
  readonly intervalMs?: MaybeRefOrGetter<number | undefined>;
}

const FINAL: ReadonlySet<TaskStatus> = new Set(["completed", "failed", "cancelled"]);

/** One task, live until it is over. Idle while the id is empty or not known. */
export function useTaskDetail<Params = unknown>(
  id: MaybeRefOrGetter<string | undefined>,
  { enabled = true, intervalMs }: UseTaskDetailOptions = {},
): UsedResource<TaskDetail<Params>> {
  const url = computed(() => `api/v1/tasks/${encodeURIComponent(toValue(id) ?? "")}`);
  return useLiveResource<TaskDetail<Params>>({
    key: () => ["freshet", "task", toValue(id)],
    url,
    streamUrl: () => `${url.value}/stream`,
    intervalMs,
    enabled: () => Boolean(toValue(id)) && toValue(enabled) !== false,
    isTerminal: ({ status }) => FINAL.has(status),
  });
}
