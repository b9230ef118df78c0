import type { EventStream } from "@freshet/client";

/** A stream that a page lives by. */
export interface Followed {
  /** Null until it is opened. */
  readonly stream: EventStream | null;
  /** Opens the stream again, if it is over. */
  readonly reopen: () => void;
}
