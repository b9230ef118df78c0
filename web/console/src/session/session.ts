import { Problem, type Server, type Session, whoami } from "@freshet/client";

/** The server that this page came from; requests carry the session cookie. */
export const server: Server = { url: "/" };

export type SessionAnswer =
  | { readonly kind: "in"; readonly session: Session }
  | { readonly kind: "out"; readonly problem: Problem };

/** Whether the cookie is good. Being signed out is an answer; no answer, or a failing server, rejects. */
export async function readSession(): Promise<SessionAnswer> {
  try {
    return { kind: "in", session: await whoami(server) };
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return { kind: "out", problem: error };
    throw error;
  }
}

/** Whether two sessions see the same, so that a page may go on where it was. */
export function seesTheSame(a: Session, b: Session): boolean {
  return (
    a.tenant === b.tenant &&
    a.subject === b.subject &&
    [...a.read].sort().join(" ") === [...b.read].sort().join(" ")
  );
}
