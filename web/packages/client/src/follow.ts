import type { Audience } from "./audience";
import { connect } from "./connection/connection";
import type { Line } from "./connection/line";
import { askPage } from "./connection/page-attempt";
import type { Source } from "./connection/route";
import type { ConnectionState } from "./connection/state";
import { beginAt } from "./frames/position";
import { type Intake, reception } from "./reception";
import type { Server } from "./server";
import type { Settings } from "./settings";
import { statusOf } from "./status";
import type { LiveStream, StreamStatus } from "./stream";
import { onWake } from "./wake";

/** What to follow, and what becomes of what arrives. */
export interface Subject extends Intake {
  readonly server: Server;
  readonly source: Source;
  readonly after: string | undefined;
  /** What takes the place of pages; then it comes first. */
  readonly pages?: Pick<Line, "askPage" | "onAnswer">;
  /** Whether each connection begins as the first one, whatever came on the one before. */
  readonly anew?: boolean;
}

/** Connects, keeps connected, and shows to the audience where it stands. */
export function follow(subject: Subject, settings: Settings, audience: Audience): LiveStream {
  const { server, source, after, states } = subject;
  const { clock, maxFrame, backoff, polling, heartbeatMs } = settings;
  const received = reception(subject, audience, after, heartbeatMs);
  let status: StreamStatus = { name: "connecting" };
  const connection = connect(
    {
      server,
      clock,
      source,
      maxFrame,
      waitSeconds: polling?.waitSeconds ?? 0,
      idleMs: polling?.idleMs ?? 0,
      patience: () => 2 * received.heartbeatMs,
      position: () => (subject.anew ? beginAt(after) : received.position),
      frame: received.frame,
      page: received.page,
      askPage: subject.pages?.askPage ?? askPage,
      onAnswer: subject.pages?.onAnswer,
      together: audience.together,
    },
    {
      backoff,
      polling,
      hasToken: server.token !== undefined,
      pageFirst: subject.pages !== undefined,
    },
    show,
  );
  const sleep = onWake(connection.wake);

  function show(state: ConnectionState): void {
    if (state.name === "ended" || state.name === "failed") sleep();
    if (state.name === "failed" || isLeft(state)) states.settle();
    const seen = statusOf(state, status);
    if (seen === status) return;
    status = seen;
    audience.status(status);
  }

  return {
    get status() {
      return status;
    },
    get position() {
      return received.position.from;
    },
    subscribe: audience.subscribe,
    onStatus: audience.onStatus,
    retry: connection.wake,
    close: connection.close,
  };
}

/** A stream that the server ended may still be asking for a last state; one that was left may not. */
function isLeft(state: ConnectionState): boolean {
  return state.name === "ended" && state.reason === "client";
}
