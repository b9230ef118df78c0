package dev.freshet.net;

import java.net.URI;
import java.util.Locale;

/** What a client of HTTP reads from URLs. */
public final class HttpUrls {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private HttpUrls() {}

  /** User names and passwords in URLs are not taken: they end up in logs. */
  public static boolean valid(URI url) {
    String scheme = scheme(url);
    return (scheme.equals("http") || scheme.equals("https"))
        && url.getHost() != null
        && url.getRawUserInfo() == null;
  }

  public static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  static boolean secure(URI url) {
    return scheme(url).equals("https");
  }

  static int port(URI url) {
    if (url.getPort() >= 0) return url.getPort();
    return secure(url) ? HTTPS : HTTP;
  }

  /** The host as a name to resolve: in lower case, without the brackets of an IPv6 address. */
  public static String host(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  static String origin(URI url) {
    return scheme(url) + "://" + host(url) + ":" + port(url);
  }

  /** What stands in a request's first line. */
  static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }
}
