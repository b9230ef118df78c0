package dev.freshet.server.auth;

import dev.freshet.server.config.CorsConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which origins' pages may call this server (A4). An origin is allowed because it is listed, never
 * because it asks.
 */
public final class Origins {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Last-Event-ID, Idempotency-Key, If-Match, If-None-Match,"
          + " Freshet-Cause-Type, Freshet-Cause-Id";
  private static final String RESPONSE_HEADERS = "ETag, Freshet-Position, Retry-After";

  private final Set<String> listed;
  private final long maxAge;

  public Origins(CorsConfig config) {
    this.listed =
        config.origins().stream().map(o -> o.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.maxAge = config.maxAge().toSeconds();
  }

  /** Whether a request is a browser's question whether it may send another. */
  public static boolean preflight(String method, HttpHeaders headers) {
    return method.equals("OPTIONS")
        && headers.contains(HttpHeaderNames.ORIGIN)
        && headers.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /** The headers that every answer to this request carries. */
  public List<Map.Entry<String, String>> headers(HttpHeaders request) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    if (listed.isEmpty()) return headers;
    headers.add(Map.entry("vary", "Origin"));
    String origin = request.get(HttpHeaderNames.ORIGIN);
    if (origin == null || !listed(origin)) return headers;
    headers.add(Map.entry("access-control-allow-origin", origin));
    headers.add(Map.entry("access-control-allow-credentials", "true"));
    headers.add(Map.entry("access-control-expose-headers", RESPONSE_HEADERS));
    return headers;
  }

  /**
   * What the answer to a preflight has beyond {@link #headers}; nothing for an origin that is not
   * listed.
   */
  public List<Map.Entry<String, String>> permissions(HttpHeaders request) {
    String origin = request.get(HttpHeaderNames.ORIGIN);
    if (origin == null || !listed(origin)) return List.of();
    return List.of(
        Map.entry("access-control-allow-methods", METHODS),
        Map.entry("access-control-allow-headers", REQUEST_HEADERS),
        Map.entry("access-control-max-age", Long.toString(maxAge)));
  }

  /**
   * @throws AuthException if a write with a cookie does not come from a page of this server's own
   *     or a listed origin
   */
  void checkWrite(HttpHeaders request) {
    String origin = request.get(HttpHeaderNames.ORIGIN);
    if (origin == null) {
      throw new AuthException(
          Refusal.ORIGIN,
          "a write with the session cookie needs an Origin header; or send a bearer token");
    }
    if (!listed(origin) && !own(origin, request)) {
      throw new AuthException(
          Refusal.ORIGIN,
          "this origin may not write with the session cookie; list it in cors.origins");
    }
  }

  private boolean listed(String origin) {
    return listed.contains(origin.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether the page came from this server: the origin's host and port are those that the request
   * was sent to.
   */
  private static boolean own(String origin, HttpHeaders request) {
    String host = request.get(HttpHeaderNames.HOST);
    int scheme = origin.indexOf("://");
    return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
  }
}
