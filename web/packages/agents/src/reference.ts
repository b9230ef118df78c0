/** In place of a string that is too long: its beginning, and where the whole is. */
export interface Reference {
  readonly preview: string;
  readonly bytes: number;
  /** Relative to the run; see `readCallResult` and `readRunResult`. */
  readonly href: string;
}

/** What a run came to: Markdown, or the beginning of it. */
export type RunResult = string | Reference | null;

/** Whether a value of `params` or of a result stands for a longer string. */
export function isReference(value: unknown): value is Reference {
  if (typeof value !== "object" || value === null) return false;
  const { preview, bytes, href, ...rest } = value as Partial<Reference>;
  return (
    typeof preview === "string" &&
    typeof bytes === "number" &&
    typeof href === "string" &&
    Object.keys(rest).length === 0
  );
}
