import {
  type LiveStream,
  type Pool,
  type Problem,
  pool,
  reportListenerError,
  type Server,
  type Source,
} from "@freshet/client";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { useLatest } from "./latest";

/** Properties of {@link FreshetProvider}. */
export interface FreshetProviderProps {
  /**
   * The server, and who asks. Another URL opens the streams anew; another token source or `fetch`
   * is used from the next request on. For another user, give the provider another `key`.
   */
  readonly server: Server;
  /** Hears what listeners threw. Default: `reportError`. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Hears of a token that was refused, and whose successor was, where a resource is followed. */
  readonly onSignOut?: ((problem: Problem) => void) | undefined;
  /** Milliseconds for which a stream that nobody uses any more stays open. Default 1000. */
  readonly lingerMs?: number | undefined;
  readonly children?: ReactNode;
}

/** What the hooks get from the provider. */
export interface Freshet {
  readonly server: Server;
  readonly pool: Pool;
  /** Same for streams that can be one. */
  readonly keyOf: (source: Source) => string;
  readonly open: <Stream extends LiveStream>(source: Source<Stream>) => Stream;
}

const FreshetContext = createContext<Freshet | undefined>(undefined);

/** Tells the hooks below it which server to follow, and lets them share streams. */
export function FreshetProvider(props: FreshetProviderProps): ReactNode {
  const { server, lingerMs = 1000, children } = props;
  const latest = useLatest(props);
  const [shared] = useState(() => pool(lingerMs));
  const url = String(server.url);
  const { credentials } = server;
  const hasToken = server.token !== undefined;
  const freshet = useMemo<Freshet>(() => {
    const ask: Server = {
      url,
      credentials,
      token: hasToken ? async (it) => (await latest.current.server.token?.(it)) ?? "" : undefined,
      fetch: (...request) => (latest.current.server.fetch ?? globalThis.fetch)(...request),
    };
    return {
      server: ask,
      pool: shared,
      keyOf: ({ key }) => JSON.stringify([url, credentials, hasToken, key]),
      open: (source) =>
        source.open({
          ...ask,
          onError: (error) => (latest.current.onError ?? reportListenerError)(error),
          onSignOut: (problem) => latest.current.onSignOut?.(problem),
        }),
    };
  }, [shared, latest, url, credentials, hasToken]);
  return <FreshetContext value={freshet}>{children}</FreshetContext>;
}

export function useFreshet(): Freshet {
  const freshet = use(FreshetContext);
  if (!freshet) throw new Error("Freshet's hooks need a FreshetProvider above them");
  return freshet;
}

/**
 * The provider's server, for requests that are not streams; the same object until another server or
 * another way to authenticate takes its place.
 */
export function useServer(): Server {
  return useFreshet().server;
}
