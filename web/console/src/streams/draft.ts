/** An event that is being written. */
export interface Draft {
  readonly topic: string;
  readonly type: string;
  readonly data: string;
  /** Idempotency key: repeating what had no answer publishes it once. */
  readonly key: string;
}

export const newDraft = (): Draft => ({ topic: "", type: "", data: "", key: newKey() });

/** `crypto.randomUUID` is missing where the console is not served over TLS or from this machine. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** No text is no data, which is not the same as `null`. */
export function parseData(text: string): { value: unknown; fault: string | null } {
  if (text.trim() === "") return { value: undefined, fault: null };
  try {
    return { value: JSON.parse(text), fault: null };
  } catch (error) {
    return { value: undefined, fault: `Not JSON: ${(error as SyntaxError).message}` };
  }
}
