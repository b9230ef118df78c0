import { Problem, type Session } from "@freshet/client";
import { describe, expect, test } from "vitest";
import { answered, type SessionState, start, unanswered } from "./sessionState";

const now = new Date("2026-01-05T10:00:00Z");
const session: Session = {
  tenant: "lab",
  subject: "ann",
  read: ["instruments/**", "runs/**"],
  write: [],
  expiresAt: "2026-01-05T11:00:00Z",
};
const signedIn = answered(start, { kind: "in", session }, null, now);

function refused(code: string) {
  return { kind: "out", problem: new Problem({ code, status: 401 }) } as const;
}

function seat(state: SessionState) {
  if (state.kind !== "in" && state.kind !== "ended") throw new Error(state.kind);
  return state;
}

describe("sessionState", () => {
  test("checking_noAnswer_saysUnreachable", () => {
    expect(unanswered(start)).toEqual({ kind: "checking", unreachable: true });
  });

  test("signedIn_noAnswer_staysSignedIn", () => {
    expect(unanswered(signedIn)).toBe(signedIn);
  });

  test("checking_noSession_isOutWithTheLinksProblem", () => {
    const problem = new Problem({ code: "token_invalid", status: 401 });
    const state = answered(start, refused("unauthenticated"), problem, now);
    expect(state).toEqual({ kind: "out", linkProblem: problem });
  });

  test("signedIn_revoked_keepsWhoItWas", () => {
    const state = answered(signedIn, refused("token_revoked"), null, now);
    expect(state).toMatchObject({ kind: "ended", reason: "revoked", session });
  });

  test("signedIn_cookieGoneAfterItsTime_isExpired", () => {
    const later = new Date("2026-01-05T11:00:01Z");
    const state = answered(signedIn, refused("unauthenticated"), null, later);
    expect(state).toMatchObject({ kind: "ended", reason: "expired" });
  });

  test("signedIn_cookieGoneBeforeItsTime_isSignedOut", () => {
    const state = answered(signedIn, refused("unauthenticated"), null, now);
    expect(state).toMatchObject({ kind: "ended", reason: "signed-out" });
  });

  test("ended_stillRefused_keepsItsReason", () => {
    const ended = answered(signedIn, refused("token_revoked"), null, now);
    const state = answered(ended, refused("unauthenticated"), null, now);
    expect(state).toMatchObject({ kind: "ended", reason: "revoked" });
  });

  test("ended_sameViewerSignsIn_reopensStreamsAndKeepsThePage", () => {
    const ended = answered(signedIn, refused("token_expired"), null, now);
    const again = { ...session, expiresAt: "2026-01-05T12:00:00Z" };
    const state = seat(answered(ended, { kind: "in", session: again }, null, now));
    expect(state).toMatchObject({ kind: "in", signIns: 2, viewers: 1 });
  });

  test.each([
    ["tenant", { tenant: "other" }],
    ["subject", { subject: "bob" }],
    ["grants", { read: ["runs/**"] }],
  ])("ended_another %s_keepsNothingOfThePage", (_, change) => {
    const ended = answered(signedIn, refused("token_expired"), null, now);
    const other = { ...session, ...change };
    expect(seat(answered(ended, { kind: "in", session: other }, null, now)).viewers).toBe(2);
  });

  test("signedIn_sameSession_reopensNothing", () => {
    const same = { ...session, read: [...session.read].reverse() };
    const state = seat(answered(signedIn, { kind: "in", session: same }, null, now));
    expect(state).toMatchObject({ signIns: 1, viewers: 1 });
  });

  test("signedIn_newTokenOfTheSameViewer_reopensStreams", () => {
    const renewed = { ...session, expiresAt: "2026-01-05T15:00:00Z" };
    expect(seat(answered(signedIn, { kind: "in", session: renewed }, null, now)).signIns).toBe(2);
  });
});
