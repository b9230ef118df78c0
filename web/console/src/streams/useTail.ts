import type { EventStream } from "@freshet/client";
import { useMemo, useState, useSyncExternalStore } from "react";
import { useShowInHeader } from "../connection/ConnectionContext";
import { TailStore } from "./TailStore";
import { tail } from "./tail";
import { useTailStream } from "./useTailStream";

export interface TailFilter {
  /** Same identity until they change. */
  readonly topics: readonly string[];
  readonly types: readonly string[];
  /** From the oldest event that is kept; otherwise from now. */
  readonly fromStart: boolean;
}

/** The tail of a filter. A stream that takes another's place goes on from where that one was. */
export function useTail({ topics, types, fromStart }: TailFilter) {
  const [store] = useState(() => new TailStore((callback) => requestAnimationFrame(callback)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter begins anew
  const { after, onOpen } = useMemo(() => {
    let last: EventStream | null = null;
    const start = fromStart ? "earliest" : undefined;
    return {
      after: () => last?.position ?? start,
      onOpen: (stream: EventStream) => {
        last = stream;
        tail(stream, store);
      },
    };
  }, [topics, types, fromStart, store]);
  const { stream, reopen } = useTailStream({ topics, types, after, onOpen });
  useShowInHeader(stream);
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  return { store, snapshot, stream, reopen };
}
