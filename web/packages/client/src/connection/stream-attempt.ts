import { sseParser } from "../frames/parse";
import { Problem } from "../problem";
import { exchange, tokenOf } from "../request";
import type { Line } from "./line";
import { cutOff, outcomeOf, outcomeOfError, silent } from "./outcome";
import { streamRoute } from "./route";
import { isMilestone, type Signal } from "./state";
import { watchdog } from "./watchdog";

/** How one attempt differs from another. */
export interface Terms {
  /** Whether the token must be a fresh one. */
  readonly fresh: boolean;
  /** Milliseconds within which `stream.open` must come; the usual patience counts too. */
  readonly openingMs: number;
}

/** What an attempt has in hand. */
interface Attempt {
  readonly line: Line;
  readonly signal: AbortSignal;
  readonly emit: (signal: Signal) => void;
  readonly fed: () => void;
}

/**
 * One connection, from the request to its end. Tells `emit` what happens on the way, resolves to how
 * it ended, never rejects. `abort` ends it from outside; then the answer has no meaning.
 */
export async function attemptStream(
  line: Line,
  { fresh, openingMs }: Terms,
  abort: AbortController,
  emit: (signal: Signal) => void,
): Promise<Signal> {
  let longest = openingMs;
  const patience = () => Math.min(longest, line.patience());
  const mark = (sign: Signal) => {
    longest = Number.POSITIVE_INFINITY;
    emit(sign);
  };
  try {
    const token = await tokenOf(line.server, fresh);
    const { signal } = abort;
    const { fed, stop } = watchdog(line.clock, patience, () => abort.abort(silent(patience())));
    try {
      return await receive({ line, signal, emit: mark, fed }, token);
    } finally {
      stop();
    }
  } catch (error) {
    const { aborted, reason } = abort.signal;
    return outcomeOfError(aborted ? reason : error);
  } finally {
    abort.abort();
  }
}

async function receive(attempt: Attempt, token: string | undefined): Promise<Signal> {
  const { line, signal, fed } = attempt;
  const { path, request } = streamRoute(line.source, line.position());
  const answer = await exchange(line.server, path, { ...request, signal }, token);
  fed();
  const outcome = await outcomeOf(answer, line.clock.now());
  if (outcome) return outcome;
  const body = bodyOf(answer);
  return (await line.onAnswer?.(line, token, signal, attempt.emit)) ?? (await read(attempt, body));
}

/** Throws a `Problem` where the answer is no event stream. */
export function bodyOf(answer: Response): ReadableStream<Uint8Array> {
  const type = answer.headers.get("content-type") ?? "none";
  if (answer.body && /^text\/event-stream\s*(?:;|$)/i.test(type)) return answer.body;
  const detail = `its content type is ${type}`;
  throw new Problem({ code: "not_an_event_stream", title: "Not an event stream", detail });
}

async function read(attempt: Attempt, body: ReadableStream<Uint8Array>): Promise<Signal> {
  const { line, signal, emit, fed } = attempt;
  let outcome: Signal | undefined;
  const parser = sseParser(
    {
      retry: line.retry,
      frame: (frame) => {
        // A listener may have closed the stream in the midst of a chunk; an end may not be its last frame.
        if (outcome || signal.aborted) return;
        const sign = line.frame(frame);
        if (sign && isMilestone(sign)) emit(sign);
        else outcome = sign;
      },
    },
    line.maxFrame,
  );
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { name: "cut", problem: cutOff() };
    line.together(() => parser.feed(value));
    if (outcome) return outcome;
    fed();
  }
}
