import type { ApplicationStream, Unsubscribe } from "@freshet/client";
import { applicationSource, type Source } from "@freshet/react";
import type { FrontendEvents } from "../events";
import { type FrontendEvent, recent } from "./recent";
import { type FrontendRequest, pathOf } from "./request";

/** The frontend stream, on which many may listen who did not come at once. */
export interface FrontendStream extends ApplicationStream<FrontendEvents> {
  /**
   * Calls back for each event, in order; before that for what a connection of one's own would have
   * begun with: the statuses as they are, and the backlog that was asked for.
   */
  readonly join: (listener: (event: FrontendEvent) => void) => Unsubscribe;
}

export function frontendSource(request: FrontendRequest): Source<FrontendStream> {
  const { retryMs, retryCapMs, heartbeatMs, maxFrameBytes } = request;
  const source = applicationSource<FrontendEvents>({
    path: pathOf(request),
    retryMs,
    retryCapMs,
    heartbeatMs,
    maxFrameBytes,
  });
  return {
    ...source,
    open: (opening) => joinable(source.open(opening), request, opening.onError),
  };
}

function joinable(
  stream: ApplicationStream<FrontendEvents>,
  request: FrontendRequest,
  onError: (error: unknown) => void,
): FrontendStream {
  const past = recent(request);
  stream.on("stream.open", ({ data }) => {
    if (!data.resumed) past.clear();
  });
  stream.on("stream.reset", past.clear);
  stream.on((event) => past.see(event as FrontendEvent));
  const join = (listener: (event: FrontendEvent) => void) => {
    for (const event of past.events()) {
      try {
        listener(event);
      } catch (error) {
        onError(error);
      }
    }
    return stream.on((event) => listener(event as FrontendEvent));
  };
  return Object.defineProperties(
    { join },
    Object.getOwnPropertyDescriptors(stream),
  ) as FrontendStream;
}
