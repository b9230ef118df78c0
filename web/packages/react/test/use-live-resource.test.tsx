import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Documents, documents } from "../../client/test/support/live-server";
import { json, serve } from "../../client/test/support/server";
import { FreshetProvider, type FreshetProviderProps, useLiveResource } from "../src";
import { useLiveResource as useCachedResource } from "../src/query";

function providing(url: string, more: Partial<FreshetProviderProps> = {}) {
  const client = new QueryClient();
  onTestFinished(() => client.clear());
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <StrictMode>
      <QueryClientProvider client={client}>
        <FreshetProvider server={{ url }} lingerMs={0} {...more}>
          {children}
        </FreshetProvider>
      </QueryClientProvider>
    </StrictMode>
  );
  return { client, wrapper };
}

const hooks = [
  ["alone", useLiveResource],
  ["with TanStack Query", useCachedResource],
] as const;

describe.each(hooks)("useLiveResource %s", (_, useResource) => {
  test("aSnapshot_thenTheStream_onceInStrictMode_untilUnmounted", async () => {
    const paths: string[] = [];
    let opened: Documents | undefined;
    const url = await serve(({ url: { pathname: path } }, response) => {
      paths.push(path);
      if (path.endsWith("stream")) opened = documents(response, { n: 2, deep: {} });
      else json(response, 200, { n: 1, deep: {} });
    });
    const { result, unmount } = renderHook(
      () =>
        useResource<{ n: number; deep: object }>({ key: ["n"], url: "n", streamUrl: "n/stream" }),
      providing(url, { lingerMs: 20 }),
    );
    expect(result.current).toMatchObject({ data: undefined, mode: "idle" });
    await waitFor(() => expect(result.current.data?.n).toBe(2));
    const deep = result.current.data?.deep;
    opened?.send({ n: 3, deep: {} });
    await waitFor(() => expect(result.current.data?.n).toBe(3));
    expect(result.current.data?.deep).toBe(deep);
    expect(result.current.mode).toBe("streaming");
    expect(paths).toEqual(["/n", "/n/stream"]);
    unmount();
    await vi.waitFor(() => expect(opened?.open).toBe(false));
  });

  test("withoutAStream_polls_andStopsWhenDisabled", async () => {
    let n = 0;
    const url = await serve((_, response) => json(response, 200, n++));
    const { result, rerender } = renderHook(
      ({ enabled }) => useResource<number>({ key: ["n"], url: "n", intervalMs: 5, enabled }),
      { ...providing(url), initialProps: { enabled: true } },
    );
    await waitFor(() => expect(result.current.data).toBeGreaterThan(2));
    expect(result.current.mode).toBe("polling");
    rerender({ enabled: false });
    expect(result.current).toMatchObject({ mode: "idle", status: { name: "idle" } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const asked = n;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(n).toBe(asked);
  });

  test("anotherKey_showsItsOwnData", async () => {
    const opened = new Map<string, Documents>();
    const url = await serve(({ url: { pathname: path } }, response) => {
      const [, name = "", rest] = path.split("/");
      if (rest) opened.set(name, documents(response, `${name} live`));
      else json(response, 200, name);
    });
    const shown: unknown[] = [];
    const { result, rerender } = renderHook(
      ({ name }) => {
        const used = useResource<string>({ key: [name], url: name, streamUrl: `${name}/stream` });
        if (name === "two") shown.push(used.data);
        return used;
      },
      { ...providing(url), initialProps: { name: "one" } },
    );
    await waitFor(() => expect(result.current.data).toBe("one live"));
    rerender({ name: "two" });
    await waitFor(() => expect(result.current.data).toBe("two live"));
    expect(shown).not.toContain("one live");
    await vi.waitFor(() => expect(opened.get("one")?.open).toBe(false));
  });

  test("404_failsAtOnce_andRefetchBeginsAnew", async () => {
    let missing = true;
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      if (missing) response.writeHead(404).end();
      else json(response, 200, "");
    });
    const { result } = renderHook(
      () => useResource<string>({ key: ["n"], url: "n" }),
      providing(url),
    );
    await waitFor(() => expect(result.current.error?.status).toBe(404));
    await new Promise((resolve) => setTimeout(resolve, 20));
    // StrictMode may begin twice, where nothing lingers.
    expect(requests).toBeLessThanOrEqual(2);
    missing = false;
    await result.current.refetch();
    await waitFor(() => expect(result.current.data).toBe(""));
  });

  test("401_twice_signsOut", async () => {
    const url = await serve((_, response) => void response.writeHead(401).end());
    const onSignOut = vi.fn();
    const server = { url, token: () => "t" };
    renderHook(
      () => useResource({ key: ["n"], url: "n" }),
      providing(url, { server, onSignOut, lingerMs: 20 }),
    );
    await waitFor(() => expect(onSignOut).toHaveBeenCalledOnce());
  });
});

test("theCache_isLive_isShownFirst_andIsInvalidated", async () => {
  let n = 1;
  const url = await serve(({ url: { pathname: path } }, response) => {
    if (path.endsWith("stream")) documents(response);
    else json(response, 200, n);
  });
  const { client, wrapper } = providing(url, { lingerMs: 20 });
  client.setQueryData(["n"], 0);
  const { result } = renderHook(
    () => useCachedResource<number>({ key: ["n"], url: "n", streamUrl: "n/stream" }),
    { wrapper },
  );
  expect(result.current.data).toBe(0);
  await waitFor(() => expect(result.current.mode).toBe("streaming"));
  await waitFor(() => expect(client.getQueryData(["n"])).toBe(1));
  n = 7;
  await client.invalidateQueries({ queryKey: ["n"] });
  await waitFor(() => expect(result.current.data).toBe(7));
});
