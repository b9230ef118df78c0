import type { Server } from "@freshet/client";
import { FreshetProvider } from "@freshet/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { onTestFinished } from "vitest";

/** A provider around what a test renders; streams close at once when nobody uses them. */
export function providing(server: Server, onError?: (error: unknown) => void) {
  return ({ children }: { readonly children: ReactNode }) => (
    <FreshetProvider server={server} lingerMs={0} onError={onError}>
      {children}
    </FreshetProvider>
  );
}

/** The same with a cache, in which nothing is asked for again by itself. */
export function caching(server: Server, client: QueryClient) {
  const Providing = providing(server);
  return ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <Providing>{children}</Providing>
    </QueryClientProvider>
  );
}

export function queryClient(): QueryClient {
  const staleTime = Number.POSITIVE_INFINITY;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime } } });
  onTestFinished(() => client.clear());
  return client;
}
