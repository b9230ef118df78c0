import {
  type LiveResource,
  type LiveResourceOptions,
  type ResourceRequest,
  type ResourceView,
  resourceSource,
} from "@freshet/client";
import { useCallback, useSyncExternalStore } from "react";
import { type IdleStatus, useLease } from "./use-shared-stream";

/** Options of {@link useLiveResource}. */
export interface UseLiveResourceOptions<T = unknown>
  extends ResourceRequest<T>,
    Pick<LiveResourceOptions<T>, "initialData"> {
  /** Components that give the same key and addresses share one connection. JSON. */
  readonly key: readonly unknown[];
  /** Default true. */
  readonly enabled?: boolean | undefined;
}

/** A resource, as it is now. */
export interface UsedResource<T = unknown> extends Omit<ResourceView<T>, "status"> {
  readonly status: ResourceView<T>["status"] | IdleStatus;
  /** Reads the document now and answers it; after an end or a failure, begins anew. */
  readonly refetch: () => Promise<T | undefined>;
}

const IDLE = { data: undefined, status: { name: "idle" }, error: undefined, mode: "idle" } as const;

/**
 * Keeps a document as it is on the server for as long as the component is mounted and `enabled`:
 * reads it, then follows its stream; polls without one or while it fails.
 */
export function useLiveResource<T = unknown>(options: UseLiveResourceOptions<T>): UsedResource<T> {
  const { key, enabled = true, ...request } = options;
  const { stream: resource, reopen } = useLease<LiveResource<T>>(
    enabled ? resourceSource<T>(key, request) : undefined,
  );
  const subscribe = useCallback(
    (onChange: () => void) => resource?.subscribe(onChange) ?? (() => undefined),
    [resource],
  );
  const view = useSyncExternalStore<ResourceView<T> | typeof IDLE>(
    subscribe,
    () => resource?.view() ?? IDLE,
    () => IDLE,
  );
  const refetch = useCallback(async () => {
    const name = resource?.status.name;
    if (name !== "failed" && name !== "ended") return resource?.refetch();
    reopen();
    return undefined;
  }, [resource, reopen]);
  return { ...view, refetch };
}
