import type { Problem } from "@freshet/client";

/** What is wrong with a pasted token, as far as can be seen without the server. */
export function tokenFault(pasted: string): string | null {
  const token = pasted.trim();
  if (token === "") return "Paste a token.";
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null;
  return "This is not a token: it has three parts of letters, digits, - and _, separated by dots.";
}

export function tokenProblemTitle(problem: Problem): string {
  return titles[problem.code] ?? "Signing in failed";
}

const titles: Record<string, string> = {
  token_expired: "This token has expired",
  token_revoked: "This token was revoked",
  token_invalid: "The server does not accept this token",
  unauthenticated: "The server does not accept this token",
  network: "The server does not answer",
};
