import type { Clock } from "../clock";
import type { SseHandler } from "../frames/parse";
import type { Position } from "../frames/position";
import type { Server } from "../server";
import type { Answered } from "./page-attempt";
import type { Source } from "./route";
import type { Signal } from "./state";

/** What an attempt needs of the stream that it is made for. */
export interface Line {
  readonly server: Server;
  readonly clock: Clock;
  readonly source: Source;
  readonly maxFrame: number;
  readonly waitSeconds: number;
  readonly idleMs: number;
  /** Milliseconds of silence after which a connection counts as dead. */
  readonly patience: () => number;
  readonly position: () => Position;
  /** Takes frames; answers what each means for the connection, if anything. */
  readonly frame: (...frame: Parameters<SseHandler["frame"]>) => Signal | undefined;
  readonly page: (page: Page, signal: AbortSignal) => Signal | undefined;
  /** Asks for a page, or for what takes its place. */
  readonly askPage: Answered;
  /**
   * For streams without `stream.open`: what to do when the server has answered, before anything of
   * the stream is read; then it counts as open.
   */
  readonly onAnswer: Answered<Signal | undefined> | undefined;
  readonly retry: (ms: number) => void;
  /** Runs what changes several things of which the listeners want to hear once. */
  readonly together: (change: () => void) => void;
}

/** A page of §3. */
export interface Page {
  readonly events: readonly PageEntry[];
  readonly position: string;
  readonly reset?: { readonly reason: string };
  readonly end?: { readonly reason: string };
  readonly more?: boolean;
}

/** What a frame would have been. */
interface PageEntry {
  readonly id?: string;
  readonly type: string;
  readonly data: unknown;
}
