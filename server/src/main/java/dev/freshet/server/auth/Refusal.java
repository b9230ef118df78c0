package dev.freshet.server.auth;

import dev.freshet.server.problem.ErrorCode;
import java.util.Locale;

/** Why nobody was let in; the metric's label. */
public enum Refusal {
  MISSING(ErrorCode.UNAUTHENTICATED),
  MALFORMED(ErrorCode.TOKEN_INVALID),
  ALGORITHM(ErrorCode.TOKEN_INVALID),
  SIGNATURE(ErrorCode.TOKEN_INVALID),
  ISSUER(ErrorCode.TOKEN_INVALID),
  AUDIENCE(ErrorCode.TOKEN_INVALID),
  NOT_YET(ErrorCode.TOKEN_INVALID),
  CLAIMS(ErrorCode.TOKEN_INVALID),
  CODE(ErrorCode.TOKEN_INVALID),
  EXPIRED(ErrorCode.TOKEN_EXPIRED),
  REVOKED(ErrorCode.TOKEN_REVOKED),
  ORIGIN(ErrorCode.ORIGIN_REFUSED),
  TOKEN_IN_URL(ErrorCode.TOKEN_IN_URL),
  TOO_MANY_GUESSES(ErrorCode.RATE_LIMITED),
  KEYS_UNAVAILABLE(ErrorCode.OVERLOADED);

  private final ErrorCode code;

  Refusal(ErrorCode code) {
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
