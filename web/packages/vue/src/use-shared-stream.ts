import type { LiveStream, Source, StreamStatus, Unsubscribe } from "@freshet/client";
import {
  computed,
  getCurrentInstance,
  onMounted,
  type ShallowRef,
  shallowReadonly,
  shallowRef,
  watch,
} from "vue";
import { useFreshet } from "./freshet";

/** Not following anything: disabled, or not mounted yet. */
export interface IdleStatus {
  readonly name: "idle";
}

const IDLE: IdleStatus = { name: "idle" };

/** A share in a stream, until the scope is disposed. */
export interface SharedStream<Stream extends LiveStream> {
  readonly status: Readonly<ShallowRef<StreamStatus | IdleStatus>>;
  /** For all that has no composable: `on`, `position`, …; `undefined` while idle. */
  readonly stream: Readonly<ShallowRef<Stream | undefined>>;
  /** Opens the stream anew for all who share it, after it ended or failed. */
  readonly reopen: () => void;
}

let scopes = 0;

/**
 * What the composables of streams are made of: follows a source until the scope is disposed, on one
 * connection for all whose sources have the same key. In a component it begins when that is mounted,
 * so that nothing is opened on a server.
 *
 * `onStream` hears of the stream before anything of it arrives, or as it is when somebody else
 * opened it; what it answers is called when the stream is let go.
 */
export function useSharedStream<Stream extends LiveStream>(
  source: () => Source<Stream> | undefined,
  onStream: (stream: Stream, source: Source<Stream>) => Unsubscribe = () => () => undefined,
): SharedStream<Stream> {
  const { pool, open } = useFreshet();
  const own = `#${++scopes}`;
  const stream = shallowRef<Stream>();
  const status = shallowRef<StreamStatus | IdleStatus>(IDLE);
  const mounted = shallowRef(getCurrentInstance() === null);
  if (!mounted.value) {
    onMounted(() => {
      mounted.value = true;
    });
  }
  const key = computed(() => {
    const wanted = mounted.value ? source() : undefined;
    return wanted && `${wanted.key}${wanted.after === undefined ? "" : own}`;
  });

  function attach(key: string, wanted: Source<Stream>): Unsubscribe {
    const current = pool.stream(key) as Stream;
    stream.value = current;
    status.value = current.status;
    const leave = current.subscribe(() => {
      status.value = current.status;
    });
    const detach = onStream(current, wanted);
    return () => {
      leave();
      detach();
    };
  }

  watch(
    key,
    (key, _, onCleanup) => {
      const wanted = key === undefined ? undefined : source();
      if (key === undefined || !wanted) {
        stream.value = undefined;
        status.value = IDLE;
        return;
      }
      const release = pool.acquire(key, () => open(wanted));
      let detach = attach(key, wanted);
      const leave = pool.subscribe(key, () => {
        detach();
        detach = attach(key, wanted);
      });
      onCleanup(() => {
        leave();
        detach();
        release();
      });
    },
    { immediate: true },
  );

  return {
    stream: shallowReadonly(stream),
    status: shallowReadonly(status),
    reopen: () => {
      if (key.value !== undefined) pool.reopen(key.value);
    },
  };
}
