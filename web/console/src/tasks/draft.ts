import { newKey } from "../streams/draft";
import type { NewTask } from "./requests";

/** A transfer that is being written. */
export interface Draft {
  readonly name: string;
  /** One a line: a URL, and the file's SHA-256 after it where that is known. */
  readonly sources: string;
  readonly authorization: string;
  readonly root: string;
  readonly directory: string;
  /** MiB a second. */
  readonly bandwidth: string;
  readonly overwrite: boolean;
  /** Idempotency key: repeating what had no answer makes it once. */
  readonly key: string;
}

export const newDraft = (): Draft => ({
  name: "",
  sources: "",
  authorization: "",
  root: "",
  directory: "",
  bandwidth: "",
  overwrite: false,
  key: newKey(),
});

/** A field of the form. */
type Field = keyof Omit<Draft, "key">;
export type Faults = Readonly<Partial<Record<Field, string>>>;

/** What is wrong, as far as can be seen without the server. What is not there yet is not wrong. */
export function faultsOf(draft: Draft): Faults {
  const sources = linesOf(draft.sources).map(faultOf).find(Boolean);
  const bandwidth = draft.bandwidth.trim() !== "" && !(bytesOf(draft.bandwidth) >= 1024);
  return {
    ...(sources === undefined ? {} : { sources }),
    ...(bandwidth ? { bandwidth: "A number above 0, such as 20 or 0.5" } : {}),
  };
}

export function isReady(draft: Draft): boolean {
  return linesOf(draft.sources).length > 0 && Object.keys(faultsOf(draft)).length === 0;
}

export function toTask(draft: Draft): NewTask {
  const { overwrite } = draft;
  const authorization = draft.authorization.trim();
  const [name, root, directory] = [draft.name.trim(), draft.root.trim(), draft.directory.trim()];
  const sources = linesOf(draft.sources).map(({ url, sha256 }) => ({
    url,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(authorization === "" ? {} : { authorization }),
  }));
  return {
    kind: "transfer",
    ...(name === "" ? {} : { name }),
    params: {
      sources,
      ...(root === "" ? {} : { root }),
      ...(directory === "" ? {} : { directory }),
      ...(draft.bandwidth.trim() === "" ? {} : { bandwidth: bytesOf(draft.bandwidth) }),
      ...(overwrite ? { overwrite } : {}),
    },
  };
}

interface Line {
  /** From 1. */
  readonly number: number;
  readonly url: string;
  readonly sha256: string | undefined;
  readonly more: boolean;
}

function linesOf(text: string): readonly Line[] {
  return text.split("\n").flatMap((line, at) => {
    const [url, sha256, ...more] = line.trim().split(/\s+/);
    return url ? [{ number: at + 1, url, sha256, more: more.length > 0 }] : [];
  });
}

function faultOf({ number, url, sha256, more }: Line): string | undefined {
  if (!/^(https?|file):/i.test(url)) {
    return `Line ${number} is not a URL with http:, https: or file:`;
  }
  if (more || (sha256 !== undefined && !/^[\da-f]{64}$/i.test(sha256))) {
    return `Line ${number}: after the URL there may only be a SHA-256, 64 hexadecimal digits`;
  }
  return undefined;
}

function bytesOf(mebibytes: string): number {
  return Math.round(Number(mebibytes) * 1024 * 1024);
}
