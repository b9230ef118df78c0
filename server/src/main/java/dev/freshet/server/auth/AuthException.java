package dev.freshet.server.auth;

import dev.freshet.server.problem.HttpProblem;

/** Somebody was not let in. */
public final class AuthException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  AuthException(Refusal refusal, String detail) {
    super(detail, null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }

  public HttpProblem problem() {
    return HttpProblem.of(refusal.code(), String.valueOf(getMessage()));
  }
}
