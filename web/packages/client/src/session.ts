import { send } from "./request";
import type { Server } from "./server";

/** Who the server takes the caller for (§6). */
export interface Session {
  readonly tenant: string;
  readonly subject: string;
  /** Patterns that may be read. */
  readonly read: readonly string[];
  /** Patterns that may be written. */
  readonly write: readonly string[];
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** What to log in with: a bearer token, or a code that works once. */
export type Credential = { readonly token: string } | { readonly code: string };

/** Exchanges a credential for the session cookie (HttpOnly, SameSite=Strict; `A4`). */
export async function login(server: Server, credential: Credential): Promise<void> {
  await ("token" in credential
    ? send({ ...server, token: () => credential.token }, "v1/session", { method: "POST" })
    : send({ ...server, token: undefined }, "v1/session", { method: "POST", body: credential }));
}

/** Who the caller is. Rejects with a `Problem` of status 401 where nobody is logged in. */
export async function whoami(server: Server): Promise<Session> {
  const answer = await send(server, "v1/session");
  return (await answer.json()) as Session;
}

/** Clears the session cookie. Streams that it opened go on until the session's token expires. */
export async function logout(server: Server): Promise<void> {
  await send(server, "v1/session", { method: "DELETE" });
}
