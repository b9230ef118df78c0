import { type EventStream, openStream, type Server, type StreamOptions } from "@freshet/client";
import {
  createContext,
  type ReactNode,
  use,
  useInsertionEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type Pool, pool } from "./pool";

/** What to follow, and how patiently; see `StreamOptions`. */
export type StreamRequest = Pick<
  StreamOptions,
  | "topics"
  | "types"
  | "after"
  | "polling"
  | "retryMs"
  | "retryCapMs"
  | "heartbeatMs"
  | "maxFrameBytes"
>;

/** Properties of {@link FreshetProvider}. */
export interface FreshetProviderProps {
  /**
   * The server, and who asks. Another URL opens the streams anew; another token source or `fetch`
   * is used from the next request on. For another user, give the provider another `key`.
   */
  readonly server: Server;
  /** Hears what listeners threw. Default: `reportError`. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Milliseconds for which a stream that nobody uses any more stays open. Default 1000. */
  readonly lingerMs?: number | undefined;
  readonly children?: ReactNode;
}

/** What the hooks get from the provider. */
export interface Freshet {
  readonly pool: Pool;
  /** Same for streams that can be one. */
  readonly keyOf: (request: StreamRequest) => string;
  readonly open: (request: StreamRequest) => EventStream;
}

const FreshetContext = createContext<Freshet | undefined>(undefined);

/** Tells the hooks below it which server to follow, and lets them share streams. */
export function FreshetProvider(props: FreshetProviderProps): ReactNode {
  const { server, lingerMs = 1000, children } = props;
  const latest = useRef(props);
  useInsertionEffect(() => {
    latest.current = props;
  });
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
      pool: shared,
      keyOf: ({ topics, types, ...rest }) =>
        JSON.stringify([url, credentials, hasToken, sorted(topics), sorted(types), sortedBy(rest)]),
      open: (request) => openStream({ ...ask, ...request, onError: latest.current.onError }),
    };
  }, [shared, url, credentials, hasToken]);
  return <FreshetContext value={freshet}>{children}</FreshetContext>;
}

export function useFreshet(): Freshet {
  const freshet = use(FreshetContext);
  if (!freshet)
    throw new Error("useEventStream and useLiveState need a FreshetProvider above them");
  return freshet;
}

function sorted(names: readonly string[] | undefined): readonly string[] | undefined {
  return names?.toSorted();
}

function sortedBy(members: object): readonly unknown[] {
  return Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
