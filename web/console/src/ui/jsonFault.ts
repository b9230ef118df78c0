/** Where a text stops to be JSON. */
export interface JsonFault {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const blank = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const string = /"(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const other = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/** Browsers say it in different words, or not at all. Null for JSON. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    const { at, expected } = new Reader(text).fault();
    const before = text.slice(0, at).split("\n");
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, expected };
  }
}

/** Reads what may come next; answers what comes after that, or what was expected here instead. */
type Step = () => Step | string;

/** Reads JSON as far as it goes. */
class Reader {
  readonly #text: string;
  /** What the brackets that are open will be closed with. */
  readonly #open: ("}" | "]")[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fault(): { at: number; expected: string } {
    let next: Step | string = this.#value;
    while (typeof next !== "string") {
      this.#skip(blank);
      next = next();
    }
    return { at: this.#at, expected: next };
  }

  readonly #value: Step = () => {
    if (this.#skip(string) || this.#skip(other)) return this.#after;
    if (this.#take("[")) return this.#enter("]");
    return this.#take("{") ? this.#enter("}") : "a value";
  };

  #enter(close: "}" | "]"): Step {
    this.#open.push(close);
    return close === "}" ? this.#firstName : this.#firstValue;
  }

  readonly #firstValue: Step = () => (this.#close() ? this.#after : this.#value());

  readonly #firstName: Step = () =>
    this.#close() ? this.#after : this.#nameOr('a name in quotes or "}"');

  readonly #name: Step = () => this.#nameOr("a name in quotes");

  #nameOr(expected: string): Step | string {
    return this.#skip(string) ? this.#colon : expected;
  }

  readonly #colon: Step = () => (this.#take(":") ? this.#value : '":"');

  readonly #after: Step = () => {
    const close = this.#open.at(-1);
    if (close === undefined) return "the end";
    if (this.#close()) return this.#after;
    if (!this.#take(",")) return `"," or "${close}"`;
    return close === "}" ? this.#name : this.#value;
  };

  #close(): boolean {
    const close = this.#open.at(-1);
    if (close === undefined || !this.#take(close)) return false;
    this.#open.pop();
    return true;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length > 0;
  }
}
