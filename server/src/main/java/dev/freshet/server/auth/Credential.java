package dev.freshet.server.auth;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.Optional;

/**
 * What a request shows to be let in.
 *
 * @param cookie whether a browser may have added it by itself, so that writes need an origin (A4)
 */
record Credential(String token, boolean cookie) {
  private static final String SCHEME = "Bearer ";

  /** The header's token, which wins, or the session cookie's. */
  static Optional<Credential> of(HttpHeaders headers) {
    String header = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (header != null) return Optional.of(new Credential(bearer(header), false));
    String cookies = headers.get(HttpHeaderNames.COOKIE);
    if (cookies == null) return Optional.empty();
    return ServerCookieDecoder.LAX.decodeAll(cookies).stream()
        .filter(c -> c.name().equals(SessionCookie.NAME) && !c.value().isEmpty())
        .map(Cookie::value)
        .map(value -> new Credential(value, true))
        .findFirst();
  }

  private static String bearer(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new AuthException(
          Refusal.MALFORMED, "the Authorization header is not 'Bearer' and a token");
    }
    return header.substring(SCHEME.length()).strip();
  }
}
