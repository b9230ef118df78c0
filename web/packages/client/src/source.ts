import { openStream } from "./open";
import { openApplicationStream } from "./open-application";
import { liveResource } from "./resource/live-resource";
import type { LiveResource, LiveResourceOptions, ResourceRequest } from "./resource/resource";
import type { Server } from "./server";
import type {
  ApplicationStream,
  ApplicationStreamOptions,
  EventMap,
  EventStream,
  LiveStream,
  StreamOptions,
} from "./stream";

type Patience = "polling" | "retryMs" | "retryCapMs" | "heartbeatMs" | "maxFrameBytes";

/** What to follow, and how patiently; see `StreamOptions`. */
export type StreamRequest = Pick<StreamOptions, "topics" | "types" | "after" | Patience>;

/** Which application's stream to follow, and how patiently; see `ApplicationStreamOptions`. */
export type ApplicationRequest = Pick<ApplicationStreamOptions, "path" | "after" | Patience>;

/** What the provider adds to a request. */
export interface Opening extends Server {
  /** Hears what listeners threw. */
  readonly onError: (error: unknown) => void;
  /** Hears of a token that was refused, and whose successor was. */
  readonly onSignOut?: LiveResourceOptions["onSignOut"];
}

/** A stream to be opened, or to be shared with who asked for the same before. */
export interface Source<Stream extends LiveStream = LiveStream> {
  /** Same for requests that one stream can serve; streams of another kind have other keys. */
  readonly key: string;
  /** From a position on: not shared, because who came later would not get what it began with. */
  readonly after?: string | undefined;
  readonly open: (opening: Opening) => Stream;
}

/** A stream of topics. */
export function topicSource(request: StreamRequest): Source<EventStream> {
  const { topics, types, after, ...patience } = request;
  return {
    key: JSON.stringify(["topics", sorted(topics), sorted(types), after, sortedBy(patience)]),
    after,
    open: (opening) => openStream({ ...opening, ...request }),
  };
}

/** An application's own stream. */
export function applicationSource<Events extends EventMap = Record<string, unknown>>(
  request: ApplicationRequest,
): Source<ApplicationStream<Events>> {
  const { path, after, ...patience } = request;
  return {
    key: JSON.stringify(["application", path, after, sortedBy(patience)]),
    after,
    open: (opening) => openApplicationStream<Events>({ ...opening, ...request }),
  };
}

/**
 * A document that is kept live. One for all who give the same key and addresses; its functions are
 * those of who came first.
 */
export function resourceSource<T = unknown>(
  key: readonly unknown[],
  request: ResourceRequest<T> & Pick<LiveResourceOptions<T>, "initialData">,
): Source<LiveResource<T>> {
  const { applyEvent, isTerminal, initialData, ...plain } = request;
  return {
    key: JSON.stringify(["resource", key, sortedBy(plain)]),
    open: ({ onError, onSignOut, ...server }) =>
      liveResource(server, { ...request, onError, onSignOut }),
  };
}

function sorted(names: readonly string[] | undefined): readonly string[] | undefined {
  return names?.toSorted();
}

function sortedBy(members: object): readonly unknown[] {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
