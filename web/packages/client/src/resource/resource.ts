import type { ApplicationEvent } from "../frames/frame";
import type { Problem } from "../problem";
import type { LiveStream, StreamStatus, StreamTuning } from "../stream";

/** What an event makes of a resource. Must not change what it is given. */
export type ApplyEvent<T> = (previous: T | undefined, event: ApplicationEvent) => T | undefined;

/** Which document to keep live, and how. */
export interface ResourceRequest<T = unknown>
  extends Pick<StreamTuning, "retryMs" | "retryCapMs" | "heartbeatMs" | "maxFrameBytes"> {
  /** Where the document is, below the server's URL. */
  readonly url: string;
  /** Where its stream is, below the server's URL. Without one the document is polled. */
  readonly streamUrl?: string | undefined;
  /**
   * What the document is after an event. Default: the data of an unnamed event is the document. With
   * a function of your own the document is read again whenever a stream begins, so that none is
   * lost; an event that is in the document already may then be applied once more.
   */
  readonly applyEvent?: ApplyEvent<T> | undefined;
  /** Milliseconds between an answer and the next request while polling. Default 5000. */
  readonly intervalMs?: number | undefined;
  /** Failures of the stream in a row after which the document is polled. Default 3. */
  readonly afterFailures?: number | undefined;
  /** Milliseconds of polling after which the stream is tried again. Default 60 000. */
  readonly streamAgainMs?: number | undefined;
  /** Whether a document will not change any more: then nothing is asked or followed. */
  readonly isTerminal?: ((data: T) => boolean) | undefined;
}

/** Options of `liveResource`. */
export interface LiveResourceOptions<T = unknown>
  extends ResourceRequest<T>,
    Pick<StreamTuning, "onError" | "clock"> {
  /** What is shown until the document is there. */
  readonly initialData?: T | undefined;
  /** The token was refused, and so was a fresh one: who asks has to sign in again. */
  readonly onSignOut?: ((problem: Problem) => void) | undefined;
}

/** How a resource arrives now. */
export type ResourceMode = "idle" | "streaming" | "polling";

/** A resource as it is known. Immutable. */
export interface ResourceView<T = unknown> {
  /** Parts that did not change keep their identity. `undefined`: nothing has come yet. */
  readonly data: T | undefined;
  readonly status: StreamStatus;
  /** Why nothing comes: over for good where the status is `failed`, for now where it is `retrying`. */
  readonly error: Problem | undefined;
  readonly mode: ResourceMode;
}

/** A document that is kept as it is on the server. */
export interface LiveResource<T = unknown> extends LiveStream {
  /** Same identity until something of it changes. */
  readonly view: () => ResourceView<T>;
  /** Reads the document now. Rejects with a `Problem`. */
  readonly refetch: () => Promise<T>;
}

export function modeOf({ name }: StreamStatus): ResourceMode {
  if (name === "open") return "streaming";
  return name === "polling" ? "polling" : "idle";
}

export function errorOf(status: StreamStatus): Problem | undefined {
  if (status.name === "failed") return status.problem;
  return status.name === "retrying" ? status.reason : undefined;
}

/** The whole document, as an unnamed event. */
export function replace<T>(previous: T | undefined, event: ApplicationEvent): T | undefined {
  return event.type === "message" ? (event.data as T) : previous;
}
