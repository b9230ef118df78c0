import { isObject } from "../json";
import { Problem } from "../problem";
import { exchange, tokenOf } from "../request";
import type { Line, Page } from "./line";
import { outcomeOf, outcomeOfError, silent } from "./outcome";
import { pageRoute } from "./route";
import type { Signal } from "./state";
import { watchdog } from "./watchdog";

/** A request with a token, and what its answer means; may reject. */
export type Answered<Meaning = Signal> = (
  line: Line,
  token: string | undefined,
  signal: AbortSignal,
  emit: (signal: Signal) => void,
) => Promise<Meaning>;

/** One page, taken. Tells `emit` when it is there, resolves to what it means, never rejects. */
export async function attemptPage(
  line: Line,
  fresh: boolean,
  abort: AbortController,
  emit: (signal: Signal) => void,
): Promise<Signal> {
  try {
    const token = await tokenOf(line.server, fresh);
    const patience = () => line.waitSeconds * 1000 + line.patience();
    const dog = watchdog(line.clock, patience, () => abort.abort(silent(patience())));
    try {
      return await line.askPage(line, token, abort.signal, emit);
    } finally {
      dog.stop();
    }
  } catch (error) {
    const { aborted, reason } = abort.signal;
    return outcomeOfError(aborted ? reason : error);
  }
}

/** A page of §3. */
export const askPage: Answered = async (line, token, signal, emit) => {
  const asked = line.clock.now();
  const { path, request } = pageRoute(line.source, line.position(), line.waitSeconds);
  const answer = await exchange(line.server, path, { ...request, signal }, token);
  const outcome = await outcomeOf(answer, line.clock.now());
  if (outcome) return outcome;
  const page = checked(await answer.json());
  signal.throwIfAborted();
  let sign: Signal | undefined;
  line.together(() => {
    emit({ name: "opened" });
    sign = line.page(page, signal);
  });
  const empty = page.events.length === 0 && !page.more;
  const idle = empty && line.clock.now() - asked < line.idleMs;
  return sign ?? { name: "paged", idle };
};

function checked(page: unknown): Page {
  if (isObject(page)) {
    const { events, position } = page;
    if (Array.isArray(events) && events.every(isEntry) && typeof position === "string") {
      return page as unknown as Page;
    }
  }
  throw new Problem({ code: "malformed_answer", title: "Malformed answer", detail: "not a page" });
}

function isEntry(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  const { type, id } = entry;
  return typeof type === "string" && (id === undefined || typeof id === "string");
}
