import type { LiveStream } from "./stream";

/** Streams by what they follow, shared by all who follow the same. */
export interface Pool {
  /** Opens the stream unless somebody did, and keeps it open until `release` and a little longer. */
  acquire(key: string, open: () => LiveStream): () => void;
  /** The stream that is open for a key. */
  stream(key: string): LiveStream | undefined;
  /** Calls back when another stream takes the place of a key's. */
  subscribe(key: string, onChange: () => void): () => void;
  /** Opens a key's stream anew, for all who hold it. */
  reopen(key: string): void;
}

interface Entry {
  stream: LiveStream;
  readonly open: () => LiveStream;
  readonly listeners: Set<() => void>;
  holders: number;
  linger: ReturnType<typeof setTimeout> | undefined;
}

/**
 * A stream that nobody holds stays open for `lingerMs`: a component that React mounts twice, or that
 * the next page has too, finds it as it was.
 */
export function pool(lingerMs: number): Pool {
  const entries = new Map<string, Entry>();

  function enter(key: string, open: () => LiveStream): Entry {
    const entry: Entry = {
      stream: open(),
      open,
      listeners: new Set(),
      holders: 0,
      linger: undefined,
    };
    entries.set(key, entry);
    return entry;
  }

  function leave(key: string, entry: Entry): void {
    entry.stream.close();
    if (entries.get(key) === entry) entries.delete(key);
  }

  return {
    acquire(key, open) {
      const found = entries.get(key);
      if (found && found.holders === 0 && isOver(found.stream)) leave(key, found);
      const entry = entries.get(key) ?? enter(key, open);
      clearTimeout(entry.linger);
      entry.holders++;
      return () => {
        entry.holders--;
        if (entry.holders === 0) entry.linger = setTimeout(() => leave(key, entry), lingerMs);
      };
    },
    stream: (key) => entries.get(key)?.stream,
    subscribe(key, onChange) {
      const listeners = entries.get(key)?.listeners;
      listeners?.add(onChange);
      return () => listeners?.delete(onChange);
    },
    reopen(key) {
      const entry = entries.get(key);
      if (!entry) return;
      entry.stream.close();
      entry.stream = entry.open();
      for (const onChange of [...entry.listeners]) onChange();
    },
  };
}

function isOver({ status }: LiveStream): boolean {
  return status.name === "ended" || status.name === "failed";
}
