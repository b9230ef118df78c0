import {
  type LiveResource,
  type Problem,
  type ResourceMode,
  type ResourceRequest,
  type ResourceView,
  resourceSource,
  type StreamStatus,
} from "@freshet/client";
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import {
  type ComputedRef,
  computed,
  type MaybeRefOrGetter,
  type Ref,
  shallowRef,
  toValue,
} from "vue";
import { type IdleStatus, useSharedStream } from "./use-shared-stream";

/** Options of {@link useLiveResource}: what may change may be a ref or a getter. */
export interface UseLiveResourceOptions<T = unknown>
  extends Omit<ResourceRequest<T>, "url" | "streamUrl" | "intervalMs"> {
  /** Under which the document is in the cache of Vue Query. */
  readonly key: MaybeRefOrGetter<readonly unknown[]>;
  readonly url: MaybeRefOrGetter<string>;
  /** Without one the document is polled. */
  readonly streamUrl?: MaybeRefOrGetter<string | undefined>;
  readonly intervalMs?: MaybeRefOrGetter<number | undefined>;
  /** Default true. */
  readonly enabled?: MaybeRefOrGetter<boolean | undefined>;
}

/** A resource, as it is now. */
export interface UsedResource<T = unknown> {
  /** Shallow: replaced whole, with the parts that did not change. `undefined`: nothing has come yet. */
  readonly data: Readonly<Ref<T | undefined>>;
  readonly status: ComputedRef<StreamStatus | IdleStatus>;
  /** Why nothing comes: over for good where the status is `failed`, for now where it is `retrying`. */
  readonly error: ComputedRef<Problem | undefined>;
  readonly mode: ComputedRef<ResourceMode>;
  /** Reads the document now; after an end or a failure, begins anew. */
  readonly refetch: () => Promise<void>;
}

/** A resource that is followed, and under which key. */
interface Followed<T> {
  readonly key: readonly unknown[];
  readonly resource: LiveResource<T>;
}

/**
 * Keeps a document as it is on the server, in the cache of Vue Query: reads it, then follows its
 * stream; polls without one or while it fails. Lets go when the scope is disposed. All who give the
 * same key and addresses share one connection.
 */
export function useLiveResource<T = unknown>(options: UseLiveResourceOptions<T>): UsedResource<T> {
  const { key, url, streamUrl, intervalMs, enabled = true, ...request } = options;
  const client = useQueryClient();
  const followed = shallowRef<Followed<T>>();
  const view = shallowRef<ResourceView<T>>();
  const { reopen } = useSharedStream<LiveResource<T>>(
    () =>
      toValue(enabled) === false
        ? undefined
        : resourceSource<T>(toValue(key), {
            ...request,
            url: toValue(url),
            streamUrl: toValue(streamUrl),
            intervalMs: toValue(intervalMs),
            initialData: client.getQueryData<T>(toValue(key)),
          }),
    (resource) => {
      const now = [...toValue(key)];
      const take = () => {
        const next = resource.view();
        const isNew = next.data !== undefined && next.data !== view.value?.data;
        view.value = next;
        if (isNew) client.setQueryData(now, () => next.data);
      };
      take();
      followed.value = { key: now, resource };
      const leave = resource.subscribe(take);
      return () => {
        leave();
        followed.value = undefined;
        view.value = undefined;
      };
    },
  );
  const { data } = useQuery<T>(
    computed(() => ({
      queryKey: followed.value?.key ?? toValue(key),
      // Invalidation reads anew; everything else is the resource's business.
      queryFn: () => followed.value?.resource.refetch() ?? Promise.reject(new Error("idle")),
      enabled: view.value !== undefined && view.value.mode !== "idle",
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnMount: false,
      structuralSharing: false,
      shallow: true,
    })),
  );
  return {
    data: data as Readonly<Ref<T | undefined>>,
    status: computed(() => view.value?.status ?? { name: "idle" }),
    error: computed(() => view.value?.error),
    mode: computed(() => view.value?.mode ?? "idle"),
    async refetch() {
      const name = view.value?.status.name;
      if (name === "failed" || name === "ended") reopen();
      else await followed.value?.resource.refetch();
    },
  };
}
