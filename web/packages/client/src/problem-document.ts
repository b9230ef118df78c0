import { isObject } from "./json";
import { Problem, type ProblemDetails, type ProblemPart } from "./problem";

/** The problem that an answer of failure states, or one made of its status where a proxy wrote it. */
export async function problemOf(answer: Response, now: number = Date.now()): Promise<Problem> {
  const { code = `http_${answer.status}`, ...details } = await documentOf(answer);
  const title = answer.statusText || `HTTP ${answer.status}`;
  return new Problem(
    { title, ...details, code, status: answer.status },
    { retryAfterMs: retryAfter(answer.headers.get("retry-after"), now) },
  );
}

async function documentOf(answer: Response): Promise<ProblemDetails> {
  const type = answer.headers.get("content-type") ?? "";
  if (!/^application\/(?:problem\+)?json\b/.test(type)) {
    await answer.body?.cancel();
    return {};
  }
  const document: unknown = await answer.json().catch(() => undefined);
  if (!isObject(document)) return {};
  return Array.isArray(document["detail"])
    ? listed(document["detail"])
    : (document as ProblemDetails);
}

/** An application's body may list the places that are not valid (§7): `[{loc, msg}]`. */
function listed(places: readonly unknown[]): ProblemDetails {
  const errors = places.filter(isObject).map(({ loc, msg }): ProblemPart => {
    const [, ...segments] = Array.isArray(loc) ? loc.map(String) : [];
    const pointer = segments.map((it) => `/${it.replace(/~/g, "~0").replace(/\//g, "~1")}`);
    return { pointer: pointer.join(""), detail: String(msg) };
  });
  const sentences = errors.map(({ pointer, detail }) =>
    pointer ? `${pointer}: ${detail}` : detail,
  );
  return { detail: sentences.join("; "), errors };
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3), as milliseconds from now. */
function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
