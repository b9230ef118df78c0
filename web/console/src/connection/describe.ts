import type { Problem, StreamStatus } from "@freshet/client";

type Tone = "live" | "busy" | "warn" | "bad" | "idle";

/** A stream's status in words. */
export interface Description {
  readonly tone: Tone;
  /** Short: for the badge. */
  readonly label: string;
  /** What it means for who is looking. */
  readonly detail: string;
  readonly problem?: Problem;
}

/** @param now ms since the epoch */
export function describe(status: StreamStatus | null, now: number): Description {
  switch (status?.name) {
    case undefined:
      return { tone: "idle", label: "No stream", detail: "This page has no stream open." };
    case "connecting":
      return { tone: "busy", label: "Connecting…", detail: "The stream is being opened." };
    case "open":
      return status.live ? live : catchingUp;
    case "retrying":
      return retrying(status, now);
    case "polling":
      return polling;
    case "ended":
      return { tone: "idle", label: "Ended", detail: endedDetails[status.reason] };
    case "failed":
      return failed(status.problem);
  }
}

const live: Description = {
  tone: "live",
  label: "Live",
  detail: "Every change is shown as it happens.",
};

const catchingUp: Description = {
  tone: "busy",
  label: "Catching up…",
  detail: "Connected; the changes that were missed are arriving.",
};

const polling: Description = {
  tone: "warn",
  label: "Polling",
  detail:
    "Something on the way holds streams back, so changes are asked for. They may be seconds late.",
};

const endedDetails = {
  completed: "Everything that this page follows has ended; what is shown is final.",
  closed: "An administrator closed this stream.",
  limit: "This stream has brought as much as was asked for.",
  client: "This page closed the stream.",
} as const;

function retrying(status: Extract<StreamStatus, { name: "retrying" }>, now: number): Description {
  const left = Math.ceil((status.retryAt - now) / 1_000);
  const attempts = status.attempt === 1 ? "One attempt" : `${status.attempt} attempts`;
  return {
    tone: "warn",
    label: left > 0 ? `Reconnecting in ${left} s` : "Reconnecting…",
    detail: `The connection was lost. ${attempts} failed so far; nothing that was missed will be lost.`,
    problem: status.reason,
  };
}

function failed(problem: Problem): Description {
  const label = refusals[problem.code] ?? "Failed";
  return {
    tone: "bad",
    label,
    detail: "The stream was refused, and will not be tried again.",
    problem,
  };
}

/** Reasons that are worth a word of their own in the badge. */
const refusals: Record<string, string> = {
  token_expired: "Session expired",
  token_revoked: "Session revoked",
  unauthenticated: "Signed out",
};
