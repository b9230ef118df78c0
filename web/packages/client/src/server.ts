/**
 * Gives the bearer token for a request. `fresh` is true when the last one was refused (401) or has
 * expired: a source that caches must then get a new one. A rejection counts as a network failure.
 */
export type TokenSource = (request: { readonly fresh: boolean }) => string | Promise<string>;

/** A Freshet server and how to reach it. */
export interface Server {
  /** Where the server is, with the path under which it is mounted; relative to the page, if there is one. */
  readonly url: string | URL;
  /** Called before each request; without one the requests carry no `Authorization` (§6 A4). */
  readonly token?: TokenSource | undefined;
  /** `include` sends the session cookie to another origin. Default: the browser's `same-origin`. */
  readonly credentials?: RequestCredentials | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}
