import { keyedListeners, listeners } from "./listeners";

/** Tells once what changed together. */
export interface Changes {
  /** Runs `work`; who wants to hear of changes hears when the outermost is done. */
  together(work: () => void): void;
  /** Something changed: the state of a topic, or the status. */
  changed(topic?: string): void;
  subscribe(onChange: () => void): () => void;
  watch(topic: string, onChange: () => void): () => void;
}

export function changes(onError: (error: unknown) => void): Changes {
  const everybody = listeners<[]>(onError);
  const watchers = keyedListeners<string, []>(onError);
  const topics = new Set<string>();
  let any = false;
  let depth = 0;

  function tell(): void {
    if (!any) return;
    const changed = [...topics];
    any = false;
    topics.clear();
    for (const topic of changed) watchers.call(topic);
    everybody.call();
  }

  return {
    together(work) {
      depth++;
      try {
        work();
      } finally {
        depth--;
        if (depth === 0) tell();
      }
    },
    changed(topic) {
      any = true;
      if (topic !== undefined) topics.add(topic);
      if (depth === 0) tell();
    },
    subscribe: (onChange) => everybody.add(onChange),
    watch: (topic, onChange) => watchers.add(topic, onChange),
  };
}
