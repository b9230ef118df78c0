import type { QueryClient } from "@tanstack/react-query";
import { smartemKeys } from "../queries/keys";
import type { FrontendStream } from "../stream/source";
import { type InvalidationTiming, invalidations } from "./invalidations";
import { refresh } from "./refresh";

interface Feed {
  holders: number;
  readonly stop: () => void;
}

const feeds = new WeakMap<QueryClient, WeakMap<FrontendStream, Feed>>();

/**
 * Keeps a cache fresh with what a stream tells, once for all who want it. The first one's timing
 * counts; what is waiting when the last one leaves is marked stale at once.
 */
export function feed(
  client: QueryClient,
  stream: FrontendStream,
  timing: InvalidationTiming | undefined,
): () => void {
  const ofClient = feeds.get(client) ?? new WeakMap<FrontendStream, Feed>();
  feeds.set(client, ofClient);
  const feed = ofClient.get(stream) ?? { holders: 0, stop: begin(client, stream, timing) };
  ofClient.set(stream, feed);
  feed.holders++;
  return () => {
    feed.holders--;
    if (feed.holders > 0) return;
    ofClient.delete(stream);
    feed.stop();
  };
}

function begin(
  client: QueryClient,
  stream: FrontendStream,
  timing: InvalidationTiming | undefined,
): () => void {
  const stale = invalidations(client, timing);
  const everything = () => stale.add(smartemKeys.all());
  const leave = [
    stream.on("stream.open", ({ data }) => {
      if (!data.resumed) everything();
    }),
    stream.on("stream.reset", everything),
    stream.join(refresh(client, stale)),
  ];
  // Who comes to a stream that has begun knows nothing of what it told before.
  if (stream.status.name === "open" || stream.position !== undefined) everything();
  return () => {
    for (const each of leave) each();
    stale.flush();
  };
}
