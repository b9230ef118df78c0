import type { LiveStream, Unsubscribe } from "@freshet/client";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useSessionStore } from "../session/SessionContext";
import { useStatus } from "./useStatus";

/** A stream that tells when it brings something: native, or an application's. */
export interface TellingStream extends LiveStream {
  readonly on: (listener: () => void) => Unsubscribe;
  /** States of a native stream are no events of it. */
  readonly onState?: (listener: () => void) => Unsubscribe;
}

/** A stream and when it last brought something. */
export interface ShownStream {
  readonly stream: TellingStream;
  /** Ms since the epoch; null while it has brought nothing. */
  readonly lastEventAt: () => number | null;
}

const ShownContext = createContext<ShownStream | null>(null);
const ShowContext = createContext<(stream: TellingStream | null) => void>(() => {});

/** Lets the page on screen show its stream in the header. */
export function ConnectionProvider(props: { children: ReactNode }) {
  const [stream, show] = useState<TellingStream | null>(null);
  const shown = useMemo(() => (stream === null ? null : observe(stream)), [stream]);
  return (
    <ShowContext value={show}>
      <ShownContext value={shown}>{props.children}</ShownContext>
    </ShowContext>
  );
}

export function useShownStream(): ShownStream | null {
  return useContext(ShownContext);
}

/** Shows a stream in the header while the caller is on screen; asks who is signed in when it is refused. */
export function useShowInHeader(stream: TellingStream | null): void {
  const show = useContext(ShowContext);
  const session = useSessionStore();
  const status = useStatus(stream);
  const refused = status?.name === "failed" && status.problem.status === 401;
  useEffect(() => {
    show(stream);
    return () => show(null);
  }, [show, stream]);
  useEffect(() => {
    if (refused) void session.check();
  }, [refused, session]);
}

/** The listeners live as long as the stream does. */
function observe(stream: TellingStream): ShownStream {
  let last: number | null = null;
  const note = () => {
    last = Date.now();
  };
  stream.on(note);
  stream.onState?.(note);
  return { stream, lastEventAt: () => last };
}
