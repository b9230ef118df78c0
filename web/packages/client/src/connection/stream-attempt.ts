import { sseParser } from "../frames/parse";
import { Problem } from "../problem";
import { exchange, tokenOf } from "../request";
import type { Line } from "./line";
import { cutOff, outcomeOf, outcomeOfError, silent } from "./outcome";
import { streamRoute } from "./route";
import type { Signal } from "./state";
import { watchdog } from "./watchdog";

/**
 * One connection, from the request to its end. Tells `emit` what happens on the way, resolves to how
 * it ended, never rejects. `abort` ends it from outside; then the answer has no meaning.
 */
export async function attemptStream(
  line: Line,
  fresh: boolean,
  abort: AbortController,
  emit: (signal: Signal) => void,
): Promise<Signal> {
  try {
    const token = await tokenOf(line.server, fresh);
    const dog = watchdog(line.clock, line.patience, () => abort.abort(silent(line.patience())));
    try {
      return await receive(line, token, abort.signal, emit, dog.fed);
    } finally {
      dog.stop();
    }
  } catch (error) {
    const { aborted, reason } = abort.signal;
    return outcomeOfError(aborted ? reason : error);
  } finally {
    abort.abort();
  }
}

async function receive(
  line: Line,
  token: string | undefined,
  signal: AbortSignal,
  emit: (signal: Signal) => void,
  fed: () => void,
): Promise<Signal> {
  const { path, request } = streamRoute(line.source, line.position());
  const answer = await exchange(line.server, path, { ...request, signal }, token);
  fed();
  const outcome = await outcomeOf(answer, line.clock.now());
  return outcome ?? (await read(line, bodyOf(answer), signal, emit, fed));
}

function bodyOf(answer: Response): ReadableStream<Uint8Array> {
  const type = answer.headers.get("content-type") ?? "none";
  if (answer.body && /^text\/event-stream\s*(?:;|$)/i.test(type)) return answer.body;
  const detail = `its content type is ${type}`;
  throw new Problem({ code: "not_an_event_stream", title: "Not an event stream", detail });
}

async function read(
  line: Line,
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  emit: (signal: Signal) => void,
  fed: () => void,
): Promise<Signal> {
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
    fed();
    if (outcome) return outcome;
  }
}

/** What happens to a connection without ending it. */
function isMilestone({ name }: Signal): boolean {
  return name === "opened" || name === "caughtUp" || name === "beat";
}
