package dev.freshet.server.auth;

import java.time.Duration;

/** The cookie that lets a native EventSource in (A4): not for scripts, not for other sites. */
public final class SessionCookie {
  public static final String NAME = "freshet_session";

  private final boolean secure;

  public SessionCookie(boolean secure) {
    this.secure = secure;
  }

  /** The {@code Set-Cookie} header that begins a session. */
  public String begin(String token, Duration life) {
    return cookie(token, Math.max(0, life.toSeconds()));
  }

  /** The {@code Set-Cookie} header that ends it. */
  public String end() {
    return cookie("", 0);
  }

  private String cookie(String value, long maxAge) {
    String attributes = "; Path=/; Max-Age=" + maxAge + "; HttpOnly; SameSite=Strict";
    return NAME + "=" + value + attributes + (secure ? "; Secure" : "");
  }
}
