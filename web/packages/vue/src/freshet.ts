import {
  type LiveStream,
  type Pool,
  type Problem,
  pool,
  reportListenerError,
  type Server,
  type Source,
} from "@freshet/client";
import { hasInjectionContext, type InjectionKey, inject, type Plugin } from "vue";

/** Options of {@link createFreshet}. */
export interface FreshetOptions {
  /** The server, and who asks. */
  readonly server: Server;
  /** Hears what listeners threw. Default: `reportError`. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Hears of a token that was refused, and whose successor was, where a resource is followed. */
  readonly onSignOut?: ((problem: Problem) => void) | undefined;
  /** Milliseconds for which a stream that nobody uses any more stays open. Default 1000. */
  readonly lingerMs?: number | undefined;
}

/** What the composables get from the app. */
export interface Freshet {
  readonly server: Server;
  readonly pool: Pool;
  readonly open: <Stream extends LiveStream>(source: Source<Stream>) => Stream;
}

const KEY: InjectionKey<Freshet> = Symbol("freshet");

/**
 * Tells the composables which server to follow, and lets them share streams.
 *
 * @example
 * createApp(App).use(VueQueryPlugin).use(createFreshet({ server: { url: "/" } })).mount("#app");
 */
export function createFreshet(options: FreshetOptions): Plugin<[]> {
  const { server, onError = reportListenerError, onSignOut, lingerMs = 1000 } = options;
  const freshet: Freshet = {
    server,
    pool: pool(lingerMs),
    open: (source) => source.open({ ...server, onError, onSignOut }),
  };
  return { install: (app) => void app.provide(KEY, freshet) };
}

export function useFreshet(): Freshet {
  const freshet = hasInjectionContext() ? inject(KEY, undefined) : undefined;
  if (!freshet) throw new Error("Freshet's composables need app.use(createFreshet(…))");
  return freshet;
}

/** The app's server, for requests that are not streams. */
export function useServer(): Server {
  return useFreshet().server;
}
