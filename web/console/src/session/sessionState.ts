import type { Problem, Session } from "@freshet/client";
import { type EndedReason, endedReason } from "./ended";
import { type SessionAnswer, seesTheSame } from "./session";

/** Who is at the console. */
export type SessionState =
  | { readonly kind: "checking"; readonly unreachable: boolean }
  | { readonly kind: "out"; readonly linkProblem: Problem | null }
  | (Seat & { readonly kind: "in"; readonly linkProblem: Problem | null })
  | (Seat & { readonly kind: "ended"; readonly reason: EndedReason });

interface Seat {
  readonly session: Session;
  /** Grows with each sign-in; what was opened by an older one has to be opened again. */
  readonly signIns: number;
  /** Grows when somebody signs in who sees something else: nothing of the old page may stay. */
  readonly viewers: number;
}

export const start: SessionState = { kind: "checking", unreachable: false };

/** The server did not answer. Who was signed in is taken to be so still. */
export function unanswered(state: SessionState): SessionState {
  return state.kind === "checking" ? { kind: "checking", unreachable: true } : state;
}

/** @param linkProblem why the login link that was followed just now did not sign in */
export function answered(
  state: SessionState,
  answer: SessionAnswer,
  linkProblem: Problem | null,
  now: Date,
): SessionState {
  if (answer.kind === "in") return seated(state, answer.session, linkProblem);
  if (state.kind !== "in" && state.kind !== "ended") return { kind: "out", linkProblem };
  const reason =
    state.kind === "ended" ? state.reason : endedReason(answer.problem, state.session, now);
  const { session, signIns, viewers } = state;
  return { kind: "ended", session, signIns, viewers, reason };
}

function seated(state: SessionState, session: Session, linkProblem: Problem | null): SessionState {
  if (state.kind !== "in" && state.kind !== "ended") {
    return { kind: "in", session, signIns: 1, viewers: 1, linkProblem };
  }
  const sameViewer = seesTheSame(state.session, session);
  const sameToken =
    sameViewer && state.session.expiresAt === session.expiresAt && state.kind === "in";
  return {
    kind: "in",
    session: sameToken ? state.session : session,
    signIns: state.signIns + (sameToken ? 0 : 1),
    viewers: state.viewers + (sameViewer ? 0 : 1),
    linkProblem,
  };
}
