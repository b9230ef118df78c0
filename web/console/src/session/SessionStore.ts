import { login, logout, Problem } from "@freshet/client";
import { takeLoginCode } from "./loginCode";
import { readSession, server } from "./session";
import { answered, type SessionState, start, unanswered } from "./sessionState";

const retryMs = 2_000;
/** How soon a session past its time is asked for again: the server's clock may be behind ours. */
const overdueMs = 5_000;
/** The longest delay that a browser's timer can hold. */
const longestDelayMs = 2 ** 31 - 1;

/** Follows login links, and knows at any time who is signed in. */
export class SessionStore {
  #state: SessionState = start;
  #checking: Promise<void> | null = null;
  #linkProblem: Problem | null = null;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly state = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Starts with the page's login link or cookie; later links, and the page coming back into view, are checked too. */
  attach(window: Window): void {
    const follow = () => {
      const code = takeLoginCode(window.location, window.history);
      if (code !== null) void this.#enter(code);
      return code !== null;
    };
    window.addEventListener("hashchange", follow);
    window.document.addEventListener("visibilitychange", () => {
      if (window.document.visibilityState === "visible") void this.check();
    });
    if (!follow()) void this.check();
  }

  /** Asks the server who is signed in; resolves when it has answered. */
  readonly check = (): Promise<void> => {
    this.#checking ??= this.#ask().finally(() => {
      this.#checking = null;
    });
    return this.#checking;
  };

  /** Rejects with a `Problem` when the token is refused, or there is no answer. */
  readonly signIn = async (token: string): Promise<void> => {
    await login(server, { token });
    this.#linkProblem = null;
    await this.#checkAnew();
  };

  readonly leave = async (): Promise<void> => {
    await logout(server);
    this.#linkProblem = null;
    this.#set(start);
    await this.#checkAnew();
  };

  /** A code that the server did not answer for is not used up: it is tried again. */
  async #enter(code: string): Promise<void> {
    this.#linkProblem = await this.#insist(() => login(server, { code }).then(() => null, refusal));
    await this.#checkAnew();
  }

  async #ask(): Promise<void> {
    const answer = await this.#insist(readSession);
    this.#set(answered(this.#state, answer, this.#linkProblem, new Date()));
  }

  /** An answer under way may be older than the cookie that was just set. */
  async #checkAnew(): Promise<void> {
    await this.#checking;
    await this.check();
  }

  async #insist<T>(request: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await request();
      } catch {
        this.#set(unanswered(this.#state));
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  #set(state: SessionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#watchExpiry();
    for (const listener of this.#listeners) listener();
  }

  #watchExpiry(): void {
    clearTimeout(this.#expiry);
    if (this.#state.kind !== "in") return;
    const left = Date.parse(this.#state.session.expiresAt) - Date.now();
    if (Number.isNaN(left)) return;
    this.#expiry = setTimeout(
      this.check,
      Math.min(Math.max(left + 1_000, overdueMs), longestDelayMs),
    );
  }
}

/** The problem of a request that was refused; what time alone may heal is not a refusal. */
function refusal(error: unknown): Problem {
  if (error instanceof Problem && !error.retryable) return error;
  throw error;
}
