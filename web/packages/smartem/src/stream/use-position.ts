import type { ApplicationStream } from "@freshet/client";
import { useCallback, useRef, useSyncExternalStore } from "react";
import type { FrontendEvents } from "../events";

type Stream = ApplicationStream<FrontendEvents>;

/** Reads the stream's position. The component renders again when it moves, once it has read it. */
export function usePosition(stream: Stream | undefined): () => string | undefined {
  const isRead = useRef(false);
  const subscribe = useCallback(
    (onChange: () => void) => (stream ? onMoves(stream, onChange) : () => undefined),
    [stream],
  );
  useSyncExternalStore(
    subscribe,
    () => (isRead.current ? stream?.position : undefined),
    () => undefined,
  );
  return useCallback(() => {
    isRead.current = true;
    return stream?.position;
  }, [stream]);
}

function onMoves(stream: Stream, onChange: () => void): () => void {
  const leave = [
    stream.on(onChange),
    stream.on("stream.open", onChange),
    stream.on("stream.reset", onChange),
    stream.on("stream.live", onChange),
    stream.on("heartbeat", onChange),
  ];
  return () => {
    for (const each of leave) each();
  };
}
