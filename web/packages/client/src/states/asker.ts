import type { Clock } from "../clock";
import { type Backoff, delay } from "../connection/backoff";
import { silent } from "../connection/outcome";
import type { Json } from "../json";
import { Problem } from "../problem";
import type { ReadState } from "../state";
import type { TopicState } from "../stream";

/** What the server says of a topic that was asked for. */
export type Answer =
  | { readonly name: "found"; readonly state: TopicState }
  /** It has no value. */
  | { readonly name: "none" }
  /** It does not say, and will not. */
  | { readonly name: "refused" };

/** Asks the server for states, one question a topic. */
export interface Asker {
  /** Answers unless it is told to forget. Waits first if `tries` says that it was asked in vain. */
  ask(topic: string, tries: number, then: (answer: Answer) => void): void;
  forget(topic: string): void;
  forgetAll(): void;
}

/** What an asker works with. */
export interface AskerTools {
  readonly read: (topic: string, signal: AbortSignal) => Promise<ReadState<Json> | undefined>;
  readonly clock: Clock;
  readonly backoff: Backoff;
  /** Hears why a question was refused. */
  readonly onRefused: (problem: unknown) => void;
}

/** Questions at one time; browsers allow six connections to a host over HTTP/1.1, and one is the stream. */
const AT_ONCE = 4;
const PATIENCE_MS = 30_000;

/** Repeats, with backoff, what time may heal. */
export function asker({ read, clock, backoff, onRefused }: AskerTools): Asker {
  const asked = new Map<string, AbortController>();
  const limited = limiter(AT_ONCE);

  async function answer(topic: string, tries: number, abort: AbortSignal): Promise<Answer> {
    let notBefore = 0;
    for (let failures = tries; ; failures++) {
      if (failures > 0) await pause(Math.max(notBefore, delay(backoff, failures)), abort);
      try {
        return answerOf(await limited(() => patiently(topic, abort)));
      } catch (error) {
        if (!(error instanceof Problem && error.retryable)) throw error;
        notBefore = error.retryAfterMs ?? 0;
      }
    }
  }

  async function patiently(topic: string, abort: AbortSignal) {
    const request = new AbortController();
    const leave = () => request.abort(abort.reason);
    const cancel = clock.after(PATIENCE_MS, () => request.abort(silent(PATIENCE_MS)));
    abort.addEventListener("abort", leave);
    try {
      abort.throwIfAborted();
      return await read(topic, request.signal);
    } finally {
      cancel();
      abort.removeEventListener("abort", leave);
    }
  }

  function pause(ms: number, abort: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = clock.after(ms, resolve);
      abort.addEventListener("abort", () => {
        cancel();
        reject(abort.reason);
      });
    });
  }

  function forget(topic: string): void {
    asked.get(topic)?.abort();
    asked.delete(topic);
  }

  return {
    ask(topic, tries, then) {
      forget(topic);
      const abort = new AbortController();
      asked.set(topic, abort);
      const settle = (result: Answer) => {
        if (abort.signal.aborted) return;
        asked.delete(topic);
        then(result);
      };
      answer(topic, tries, abort.signal).then(settle, (problem) => {
        if (!abort.signal.aborted) onRefused(problem);
        settle({ name: "refused" });
      });
    },
    forget,
    forgetAll() {
      for (const topic of [...asked.keys()]) forget(topic);
    },
  };
}

function answerOf(read: ReadState<Json> | undefined): Answer {
  if (!read) return { name: "none" };
  const { topic, value, version } = read;
  const state = { topic, value, version, timestamp: undefined, cause: undefined, end: false };
  return { name: "found", state };
}

/** Runs so many jobs at once; the others wait in line. */
function limiter(most: number): <T>(job: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = [];
  let running = 0;
  return async (job) => {
    if (running >= most) await new Promise<void>((resolve) => line.push(resolve));
    else running++;
    try {
      return await job();
    } finally {
      const following = line.shift();
      // The place goes to the next in line, so that nobody slips in between.
      if (following) following();
      else running--;
    }
  };
}
