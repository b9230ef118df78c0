import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import {
  type UsedResource,
  type UseLiveResourceOptions,
  useLiveResource as useUncached,
} from "./use-live-resource";

export type { UsedResource, UseLiveResourceOptions } from "./use-live-resource";

/**
 * `useLiveResource`, whose document is in the cache of TanStack Query under `key`: it is shown from
 * there at once, other queries of the key see it live, and invalidation reads it anew.
 */
export function useLiveResource<T = unknown>(options: UseLiveResourceOptions<T>): UsedResource<T> {
  const { key } = options;
  const client = useQueryClient();
  const live = useUncached<T>({
    ...options,
    initialData: options.initialData ?? client.getQueryData<T>(key),
  });
  const hash = JSON.stringify(key);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the hash stands for the key
  useEffect(() => {
    if (live.data !== undefined) client.setQueryData<T>(key, () => live.data);
  }, [client, hash, live.data]);
  const { data } = useQuery<T>({
    queryKey: key,
    queryFn: async () => {
      const data = await live.refetch();
      return (data === undefined ? live.data : data) as T;
    },
    enabled: live.mode !== "idle",
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    retry: false,
    structuralSharing: false,
  });
  return { ...live, data };
}
