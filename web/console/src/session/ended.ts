import type { Problem, Session } from "@freshet/client";

/** Why nobody is signed in any more. */
export type EndedReason = "expired" | "revoked" | "signed-out";

/**
 * A browser drops an expired cookie, so the server may see none at all; the session's own time
 * then says why.
 */
export function endedReason(problem: Problem, session: Session, now: Date): EndedReason {
  if (problem.code === "token_revoked") return "revoked";
  if (problem.code === "token_expired" || new Date(session.expiresAt) <= now) return "expired";
  return "signed-out";
}

export const endedTexts: Record<EndedReason, { title: string; detail: string }> = {
  expired: {
    title: "Your session has expired",
    detail: "What you see is no longer updated. Sign in to go on from where it stopped.",
  },
  revoked: {
    title: "Your session was revoked",
    detail:
      "An administrator withdrew this session. What you see is no longer updated; to go on, sign in with a new token.",
  },
  "signed-out": {
    title: "You are signed out",
    detail: "The session ended, perhaps in another tab. What you see is no longer updated.",
  },
};
