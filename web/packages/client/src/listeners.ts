/** Those who want to hear something. What one of them throws reaches neither the others nor the caller. */
export interface Listeners<Args extends readonly unknown[]> {
  add(listener: (...args: Args) => void): () => void;
  /** In the order of subscription. Who leaves meanwhile is not called any more. */
  call(...args: Args): void;
  readonly empty: boolean;
}

export function listeners<Args extends readonly unknown[]>(
  onError: (error: unknown) => void,
): Listeners<Args> {
  // An entry for each subscription: the same function may subscribe twice.
  const entries = new Set<{ readonly listener: (...args: Args) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => entries.delete(entry);
    },
    call(...args) {
      for (const entry of [...entries]) {
        if (!entries.has(entry)) continue;
        try {
          entry.listener(...args);
        } catch (error) {
          onError(error);
        }
      }
    },
    get empty() {
      return entries.size === 0;
    },
  };
}

/** Listeners by a key, kept only as long as there are any. */
export interface KeyedListeners<Key, Args extends readonly unknown[]> {
  add(key: Key, listener: (...args: Args) => void): () => void;
  call(key: Key, ...args: Args): void;
}

export function keyedListeners<Key, Args extends readonly unknown[]>(
  onError: (error: unknown) => void,
): KeyedListeners<Key, Args> {
  const byKey = new Map<Key, Listeners<Args>>();
  return {
    add(key, listener) {
      const group = byKey.get(key) ?? listeners<Args>(onError);
      byKey.set(key, group);
      const remove = group.add(listener);
      return () => {
        remove();
        if (group.empty && byKey.get(key) === group) byKey.delete(key);
      };
    },
    call: (key, ...args) => byKey.get(key)?.call(...args),
  };
}

/** Where errors of listeners go unless the caller says otherwise. */
export function reportListenerError(error: unknown): void {
  if (typeof globalThis.reportError === "function") globalThis.reportError(error);
  // biome-ignore lint/suspicious/noConsole: Node has no reportError, and an error may not vanish.
  else console.error(error);
}
