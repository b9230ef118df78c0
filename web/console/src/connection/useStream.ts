import { type EventStream, openStream } from "@freshet/client";
import { useCallback, useEffect, useState } from "react";
import { useSignedIn } from "../session/SessionContext";
import { server } from "../session/session";

/** What a page follows. */
export interface Following {
  /** Same identity until it changes. */
  readonly topics: readonly string[];
  readonly types?: readonly string[] | undefined;
  /** Where to begin; asked whenever the stream is opened. Same identity until it changes. */
  readonly after?: (() => string | undefined) | undefined;
  /** Called with each stream before it can bring anything. Same identity until it changes. */
  readonly onOpen?: ((stream: EventStream) => void) | undefined;
}

export interface Followed {
  /** Null until it is opened. */
  readonly stream: EventStream | null;
  /** Opens the stream again, if it is over. */
  readonly reopen: () => void;
}

/** A stream that lives as long as the caller is on screen, and is opened again after a sign-in. */
export function useStream({ topics, types, after, onOpen }: Following): Followed {
  const { signIns } = useSignedIn();
  const [opening, setOpening] = useState(0);
  const [stream, setStream] = useState<EventStream | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sign-in and a wish open it again
  useEffect(() => {
    const opened = openStream({ ...server, topics, types, after: after?.() });
    onOpen?.(opened);
    setStream(opened);
    return () => opened.close();
  }, [topics, types, after, onOpen, signIns, opening]);
  const reopen = useCallback(() => setOpening((count) => count + 1), []);
  return { stream, reopen };
}
