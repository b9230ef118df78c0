import {
  type EventStream,
  type Json,
  type StreamRequest,
  type TopicState,
  topicSource,
  valueAt,
} from "@freshet/client";
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { useLease } from "./use-shared-stream";

/** Where states come from: a request, which is shared with all who make the same, or a stream. */
export type StateSource =
  | StreamRequest
  | Pick<EventStream, "state" | "states" | "watch" | "subscribe">;

type States = ReadonlyMap<string, TopicState>;
type Selector<Selected> = (states: States) => Selected;

const NONE: States = new Map();

/**
 * The current state of one topic; `undefined` while there is none or it is not known. Renders again
 * only when it changes; parts of the value that did not change keep their identity.
 */
export function useLiveState<T = unknown>(
  source: StateSource | undefined,
  topic: string,
): TopicState<T> | undefined;
/**
 * A part of a topic's value, by its JSON Pointer (`/lines/0/sku`): a slice's path. `undefined` where
 * there is nothing. Renders again only when that part changes.
 */
export function useLiveState<T = unknown>(
  source: StateSource | undefined,
  topic: string,
  pointer: string,
): T | undefined;
/**
 * What a selector makes of all current states. Renders again only when the outcome changes, by
 * `isEqual` (default `Object.is`).
 */
export function useLiveState<Selected>(
  source: StateSource | undefined,
  selector: Selector<Selected>,
  isEqual?: (a: Selected, b: Selected) => boolean,
): Selected;
export function useLiveState(
  source: StateSource | undefined,
  what: string | Selector<unknown>,
  how: string | ((a: unknown, b: unknown) => boolean) = Object.is,
): unknown {
  const isStream = source !== undefined && "subscribe" in source;
  const { stream: leased } = useLease(isStream || !source ? undefined : topicSource(source));
  const stream = isStream ? source : leased;
  const topic = typeof what === "string" ? what : undefined;
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (!stream) return () => undefined;
      return topic === undefined ? stream.subscribe(onChange) : stream.watch(topic, onChange);
    },
    [stream, topic],
  );
  const read = useRead(stream, what, how);
  return useSyncExternalStore(subscribe, read, read);
}

/** Answers the same value until what it reads has changed, also over renders with a new selector. */
function useRead(
  stream: Pick<EventStream, "state" | "states"> | undefined,
  what: string | Selector<unknown>,
  how: string | ((a: unknown, b: unknown) => boolean),
): () => unknown {
  const shown = useRef<{ readonly value: unknown }>(undefined);
  const read = useMemo(() => {
    if (typeof what === "string") {
      if (typeof how !== "string") return () => stream?.state(what);
      return () => valueAt(stream?.state(what)?.value as Json | undefined, how);
    }
    const isEqual = typeof how === "string" ? Object.is : how;
    let seen: States | undefined;
    let last = shown.current;
    return () => {
      const states = stream?.states() ?? NONE;
      if (states === seen && last) return last.value;
      seen = states;
      const value = what(states);
      if (!last || !isEqual(last.value, value)) last = { value };
      return last.value;
    };
  }, [stream, what, how]);
  useEffect(() => {
    shown.current = { value: read() };
  }, [read]);
  return read;
}
