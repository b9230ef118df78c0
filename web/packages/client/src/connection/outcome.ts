import { Problem } from "../problem";
import { problemOf } from "../problem-document";
import type { Signal } from "./state";

/** What an answer that is not 200 means (§2.5); `undefined` for 200. */
export async function outcomeOf(answer: Response, now: number): Promise<Signal | undefined> {
  if (answer.status === 204) return { name: "finished", reason: "completed" };
  return answer.ok ? undefined : outcomeOfError(await problemOf(answer, now));
}

/** What a failure on the way means. */
export function outcomeOfError(error: unknown): Signal {
  const problem = error instanceof Problem ? error : broken(error);
  if (problem.status === 401) return { name: "refused", problem };
  return { name: problem.retryable ? "cut" : "rejected", problem };
}

/** What the end of a stream or page means (§2.4). A reason that is not known is a cut. */
export function outcomeOfEnd(reason: string): Signal {
  switch (reason) {
    case "completed":
    case "closed":
    case "limit":
      return { name: "finished", reason };
    case "expired":
      return { name: "expired", problem: ended(reason, "token_expired") };
    case "drain":
      return { name: "drained", problem: ended(reason, "draining") };
    case "revoked":
      return { name: "rejected", problem: ended(reason, "token_revoked", 401) };
    default:
      return { name: "cut", problem: ended(reason, "cut") };
  }
}

function ended(reason: string, code: string, status = 0): Problem {
  return new Problem({ code, status, title: `The server ended the stream: ${reason}` });
}

/** The connection ended without a word. */
export function cutOff(): Problem {
  return new Problem({ code: "cut", title: "The connection ended" });
}

/** Nothing came for too long. */
export function silent(ms: number): Problem {
  return new Problem({
    code: "silence",
    title: "The connection fell silent",
    detail: `for ${ms} ms`,
  });
}

function broken(cause: unknown): Problem {
  return new Problem(
    { code: "cut", title: "The connection broke", detail: String(cause) },
    { cause },
  );
}
