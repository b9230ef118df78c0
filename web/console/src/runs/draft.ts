import type { ExecuteRequest, Limits } from "@freshet/agents";

/** A file that the agent is to be given. */
export interface Attached {
  readonly path: string;
  readonly content: string;
}

/** The limits that may be set, as they are typed; empty: the server's. */
type LimitTexts = Readonly<Record<keyof Limits, string>>;

/** A task that is being written. */
export interface Draft {
  readonly task: string;
  /** Empty: the server's default. */
  readonly model: string;
  readonly text: string;
  readonly files: readonly Attached[];
  readonly limits: LimitTexts;
}

export const newDraft = (): Draft => ({
  task: "",
  model: "",
  text: "",
  files: [],
  limits: { iterations: "", seconds: "", tokens: "", cost: "" },
});

const limitNames = ["iterations", "seconds", "tokens", "cost"] as const;

/** What is wrong, as far as can be seen without the server; `greatest` null: not known. */
export function faultsOf(
  { limits }: Draft,
  greatest: Limits | null,
): Readonly<Partial<Record<keyof Limits, string>>> {
  const faults: Partial<Record<keyof Limits, string>> = {};
  for (const name of limitNames) {
    const text = limits[name].trim();
    if (text === "") continue;
    const value = Number(text);
    const most = greatest?.[name] ?? Number.POSITIVE_INFINITY;
    const isWhole = name === "cost" || Number.isInteger(value);
    if (!(value > 0) || !isWhole) faults[name] = "A number above 0";
    else if (value > most) faults[name] = `At most ${most}`;
  }
  return faults;
}

export function isReady(draft: Draft, greatest: Limits | null): boolean {
  return draft.task.trim() !== "" && Object.keys(faultsOf(draft, greatest)).length === 0;
}

export function toRequest({ task, model, text, files, limits }: Draft): ExecuteRequest {
  const set = limitNames.filter((name) => limits[name].trim() !== "");
  const hasContext = text.trim() !== "" || files.length > 0;
  return {
    task: task.trim(),
    ...(model === "" ? {} : { model }),
    ...(hasContext && {
      context: {
        ...(text.trim() === "" ? {} : { text }),
        ...(files.length === 0 ? {} : { files }),
      },
    }),
    ...(set.length > 0 && {
      limits: Object.fromEntries(set.map((name) => [name, Number(limits[name])])),
    }),
  };
}

/** Puts a file in the place of another of its name, or after the others. */
export function withFile(files: readonly Attached[], file: Attached): readonly Attached[] {
  return [...files.filter(({ path }) => path !== file.path), file];
}

/** More is not read: a request has a bound, and the page a memory. */
const mostBytes = 4 * 1024 * 1024;

/** Reads a file that somebody chose; rejects with why it is not taken. */
export async function readAttached(file: File): Promise<Attached> {
  if (file.size > mostBytes) throw new Error(`${file.name} is larger than 4 MiB`);
  try {
    const content = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    if (!content.includes("\0")) return { path: file.name, content };
  } catch {
    // What follows says it.
  }
  throw new Error(`${file.name} is no text`);
}
