import {
  type EventStream,
  type Json,
  type StreamRequest,
  type TopicState,
  topicSource,
  valueAt,
} from "@freshet/client";
import {
  type MaybeRefOrGetter,
  type ShallowRef,
  shallowReadonly,
  shallowRef,
  toValue,
  watchEffect,
} from "vue";
import { useSharedStream } from "./use-shared-stream";

type Read<T> = (stream: EventStream | undefined) => T;

/**
 * The current state of one topic; `undefined` while there is none or it is not known. Parts of the
 * value that did not change keep their identity. Request and topic may be refs or getters, and change.
 */
export function useLiveState<T = unknown>(
  request: MaybeRefOrGetter<StreamRequest | undefined>,
  topic: MaybeRefOrGetter<string>,
): Readonly<ShallowRef<TopicState<T> | undefined>>;
/**
 * A part of a topic's value, by its JSON Pointer (`/lines/0/sku`): a slice's path. `undefined` where
 * there is nothing. Changes only when that part does.
 */
export function useLiveState<T = unknown>(
  request: MaybeRefOrGetter<StreamRequest | undefined>,
  topic: MaybeRefOrGetter<string>,
  pointer: MaybeRefOrGetter<string>,
): Readonly<ShallowRef<T | undefined>>;
export function useLiveState(
  request: MaybeRefOrGetter<StreamRequest | undefined>,
  topic: MaybeRefOrGetter<string>,
  pointer?: MaybeRefOrGetter<string>,
): Readonly<ShallowRef<unknown>> {
  return useRead<unknown>(
    request,
    (stream) => {
      const state = stream?.state(toValue(topic));
      if (pointer === undefined) return state;
      return valueAt(state?.value as Json | undefined, toValue(pointer));
    },
    (stream, onChange) => stream.watch(toValue(topic), onChange),
  );
}

/** All current states by topic, to be chosen from by `computed`. */
export function useLiveStates(
  request: MaybeRefOrGetter<StreamRequest | undefined>,
): Readonly<ShallowRef<ReadonlyMap<string, TopicState>>> {
  const none = new Map<string, TopicState>();
  return useRead(
    request,
    (stream) => stream?.states() ?? none,
    (stream, onChange) => stream.subscribe(onChange),
  );
}

function useRead<T>(
  request: MaybeRefOrGetter<StreamRequest | undefined>,
  read: Read<T>,
  subscribe: (stream: EventStream, onChange: () => void) => () => void,
): Readonly<ShallowRef<T>> {
  const { stream } = useSharedStream(() => {
    const wanted = toValue(request);
    return wanted && topicSource(wanted);
  });
  const value = shallowRef(read(undefined)) as ShallowRef<T>;
  // Tracks the stream, and whatever else `read` and `subscribe` look at: the topic.
  watchEffect((onCleanup) => {
    const current = stream.value;
    value.value = read(current);
    if (!current) return;
    onCleanup(
      subscribe(current, () => {
        value.value = read(current);
      }),
    );
  });
  return shallowReadonly(value);
}
