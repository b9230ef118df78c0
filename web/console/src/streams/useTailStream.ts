import { type EventStream, openStream } from "@freshet/client";
import { useCallback, useEffect, useState } from "react";
import type { Followed } from "../connection/Followed";
import { useSignedIn } from "../session/SessionContext";
import { server } from "../session/session";

/** What a tail follows. */
export interface TailRequest {
  /** Same identity until it changes. */
  readonly topics: readonly string[];
  readonly types: readonly string[];
  /** Where to begin; asked whenever the stream is opened. Same identity until it changes. */
  readonly after: () => string | undefined;
  /** Called with each stream before it can bring anything. Same identity until it changes. */
  readonly onOpen: (stream: EventStream) => void;
}

/**
 * A stream of the tail's own, for as long as the caller is on screen: it is heard from its first
 * frame, and the one that a sign-in opens goes on where the last one was.
 */
export function useTailStream({ topics, types, after, onOpen }: TailRequest): Followed {
  const { signIns } = useSignedIn();
  const [opening, setOpening] = useState(0);
  const [stream, setStream] = useState<EventStream | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sign-in and a wish open it again
  useEffect(() => {
    const opened = openStream({ ...server, topics, types, after: after() });
    onOpen(opened);
    setStream(opened);
    return () => opened.close();
  }, [topics, types, after, onOpen, signIns, opening]);
  const reopen = useCallback(() => setOpening((count) => count + 1), []);
  return { stream, reopen };
}
