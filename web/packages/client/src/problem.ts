/** One broken part of a request, as `errors` of a problem names it (§7). */
export interface ProblemPart {
  /** JSON Pointer to the part. */
  readonly pointer: string;
  readonly detail: string;
}

/** The members of an RFC 9457 problem document that Freshet sends (§7). */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly limit?: number;
  readonly value?: unknown;
  readonly current?: number;
  readonly errors?: readonly ProblemPart[];
}

/**
 * A failure: a server's RFC 9457 problem document, or one that arose on the way (`network`,
 * `silence`, `cut`, `frame_too_large`, …; status 0). Functions reject with it; a stream shows it in
 * its status. `code` is stable and meant for programs, `message` for people.
 */
export class Problem extends Error {
  override readonly name = "Problem";
  /** One of the codes of §7, `http_STATUS` where the answer had none, or a code of this client. */
  readonly code: string;
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string | undefined;
  /** The bound that was passed, and the value that passed it (`R1`). */
  readonly limit: number | undefined;
  readonly value: unknown;
  /** The version that the topic has, where `version_mismatch` says that it is another (`S2`). */
  readonly current: number | undefined;
  readonly errors: readonly ProblemPart[];
  /** Milliseconds, from the receipt of the answer, before which a repetition is not welcome. */
  readonly retryAfterMs: number | undefined;

  constructor(
    details: ProblemDetails & { readonly code: string },
    options: { readonly cause?: unknown; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(
      [details.title ?? details.code, details.detail].filter(Boolean).join(": "),
      "cause" in options ? { cause: options.cause } : undefined,
    );
    this.code = details.code;
    this.status = details.status ?? 0;
    this.type = details.type ?? `urn:freshet:problem:${details.code}`;
    this.title = details.title ?? details.code;
    this.detail = details.detail;
    this.limit = details.limit;
    this.value = details.value;
    this.current = details.current;
    this.errors = details.errors ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether time alone may heal it: no answer, 408, 429 and 5xx (§2.5). */
  get retryable(): boolean {
    return (
      this.status === 408 ||
      this.status === 429 ||
      this.status >= 500 ||
      (this.status === 0 && !PERMANENT.has(this.code))
    );
  }
}

/** Codes of this client that the next attempt would only meet again. */
const PERMANENT = new Set([
  "frame_too_large",
  "not_an_event_stream",
  "malformed_answer",
  "foreign_address",
]);
