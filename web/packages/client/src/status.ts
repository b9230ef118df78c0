import type { ConnectionState } from "./connection/state";
import type { StreamStatus } from "./stream";

/** How a connection's state looks from outside; the same object where nothing that is seen changed. */
export function statusOf(state: ConnectionState, before: StreamStatus): StreamStatus {
  const status = seenFrom(state);
  return isSame(status, before) ? before : status;
}

function seenFrom(state: ConnectionState): StreamStatus {
  switch (state.name) {
    case "connecting":
      return { name: "connecting" };
    case "open":
      return { name: "open", live: state.live };
    case "waiting":
      return {
        name: "retrying",
        retryAt: state.until,
        attempt: state.failures,
        reason: state.reason,
      };
    case "polling":
      return { name: state.proven ? "polling" : "connecting" };
    case "probing":
      return { name: "polling" };
    case "ended":
    case "failed":
      return state;
  }
}

function isSame(a: StreamStatus, b: StreamStatus): boolean {
  if (a.name === "open" && b.name === "open") return a.live === b.live;
  return a.name === b.name && (a.name === "connecting" || a.name === "polling");
}
