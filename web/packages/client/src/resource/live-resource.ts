import { audience } from "../audience";
import { outcomeOf } from "../connection/outcome";
import type { Answered } from "../connection/page-attempt";
import { sourceAt } from "../connection/route";
import { shouldStream } from "../connection/should-stream";
import type { Signal } from "../connection/state";
import { follow } from "../follow";
import { decodeAnyFrame } from "../frames/decode";
import type { Json } from "../json";
import { share } from "../patch/equal";
import { Problem } from "../problem";
import { exchange, send } from "../request";
import type { Server } from "../server";
import { settingsOf } from "../settings";
import { noStates } from "../states/states";
import type { StreamStatus } from "../stream";
import {
  errorOf,
  type LiveResource,
  type LiveResourceOptions,
  modeOf,
  type ResourceView,
  replace,
} from "./resource";

/**
 * Keeps a document as it is on the server: reads it, then follows its stream; polls where there is
 * none or it fails again and again, and comes back to it. Returns at once.
 *
 * @example
 * const path = "api/v1/tasks/7";
 * const task = liveResource<Task>(server, { url: path, streamUrl: `${path}/stream` });
 * task.subscribe(() => show(task.view().data));
 */
export function liveResource<T = unknown>(
  server: Server,
  options: LiveResourceOptions<T>,
): LiveResource<T> {
  const { url, streamUrl, applyEvent = replace, isTerminal, onSignOut } = options;
  const { intervalMs = 5000, afterFailures = 3, streamAgainMs = 60_000 } = options;
  const settings = settingsOf({ ...options, polling: false });
  const listening = audience(settings.onError);
  let view: ResourceView<T> = {
    data: options.initialData,
    status: { name: "connecting" },
    error: undefined,
    mode: "idle",
  };
  /** Grows with each value; what was asked for before the last one came is out of date. */
  let revision = 0;
  let first = true;
  /** Tells that what is shown is what the stream has: by a document, or by a heartbeat (§8.5). */
  let caughtUp = () => {};

  function take(data: T | undefined): void {
    revision++;
    const shared = share(view.data as Json | undefined, data as Json) as T | undefined;
    if (shared === view.data) return;
    view = { ...view, data: shared };
    listening.changed();
  }

  function isDone(): boolean {
    return view.data !== undefined && isTerminal?.(view.data) === true;
  }

  const read: Answered<Signal | undefined> = async (line, token, signal) => {
    const asked = revision;
    const answer = await exchange(server, url, { signal }, token);
    const outcome = await outcomeOf(answer, line.clock.now());
    if (outcome) return outcome;
    const data = await documentOf<T>(answer);
    signal.throwIfAborted();
    if (asked === revision) take(data);
    return isDone() ? { name: "finished", reason: "completed" } : undefined;
  };

  /** The first document leads on to the stream; those after it come in its place. */
  const askPage: Answered = async (line, token, signal, emit) => {
    const opening = first;
    first = false;
    const sign = await read(line, token, signal, emit);
    if (sign?.name === "refused") first = opening;
    if (sign) return sign;
    const record = { streamUrl, enabled: true, terminal: false, failures: 0 };
    if (opening && shouldStream(record, afterFailures, line.clock.now())) {
      return { name: "paged", idle: false, onward: true };
    }
    emit({ name: "opened" });
    return { name: "paged", idle: true };
  };

  /** The server holds the events back until they are read: so the document comes before them. */
  const onAnswer: Answered<Signal | undefined> = async (line, token, signal, emit) => {
    const sign = options.applyEvent && (await read(line, token, signal, emit));
    if (sign) return sign;
    emit({ name: "opened" });
    caughtUp = () => emit({ name: "caughtUp" });
    if (options.applyEvent) caughtUp();
    return undefined;
  };

  function show(status: StreamStatus): void {
    view = { ...view, status, error: errorOf(status), mode: modeOf(status) };
    if (status.name === "failed") signOut(status.problem);
  }

  function signOut(problem: unknown): void {
    if (problem instanceof Problem && problem.status === 401) onSignOut?.(problem);
  }

  const stream = follow(
    {
      server,
      source: sourceAt(streamUrl ?? url),
      after: undefined,
      decode: decodeAnyFrame,
      states: noStates,
      pages: { askPage, onAnswer },
      anew: options.applyEvent !== undefined,
      isDone,
    },
    {
      ...settings,
      polling: {
        afterFailures: streamUrl === undefined ? 0 : Math.max(1, afterFailures),
        streamAgainMs: streamUrl === undefined ? Number.POSITIVE_INFINITY : streamAgainMs,
        waitSeconds: 0,
        idleMs: intervalMs,
        apart: true,
      },
    },
    {
      ...listening,
      event(event) {
        take(applyEvent(view.data, event));
        listening.event(event);
        caughtUp();
      },
      control(frame) {
        listening.control(frame);
        if (frame.type === "heartbeat") caughtUp();
      },
      status(status) {
        show(status);
        listening.status(status);
      },
    },
  );

  return Object.defineProperties(
    {
      view: () => view,
      async refetch() {
        const asked = revision;
        try {
          const data = await documentOf<T>(await send(server, url));
          if (asked === revision) take(data);
          return view.data as T;
        } catch (problem) {
          signOut(problem);
          throw problem;
        }
      },
    },
    Object.getOwnPropertyDescriptors(stream),
  ) as LiveResource<T>;
}

async function documentOf<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    const detail = "not JSON";
    throw new Problem({ code: "malformed_answer", title: "Malformed answer", detail }, { cause });
  }
}
