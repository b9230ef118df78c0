package dev.freshet.tasks.transfer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** URLs of sources. */
final class Urls {
  private Urls() {}

  /** Empty if the text is not an absolute URL that a transfer can fetch. */
  static Optional<URI> parse(String text) {
    try {
      URI url = new URI(new URI(text).toASCIIString());
      return http(url) || file(url) ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  /** User names and passwords in URLs are not taken: they end up in logs. */
  static boolean http(URI url) {
    String scheme = scheme(url);
    return (scheme.equals("http") || scheme.equals("https"))
        && url.getHost() != null
        && url.getRawUserInfo() == null;
  }

  static boolean file(URI url) {
    boolean local = url.getRawAuthority() == null || url.getRawAuthority().isEmpty();
    return scheme(url).equals("file") && local && !url.isOpaque();
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  static String origin(URI url) {
    return scheme(url) + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + Connector.port(url);
  }

  /** What stands in a request's first line. */
  static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /** Without the query, which may hold a signature. */
  static String shown(URI url) {
    String text = withoutQuery(url);
    return url.getRawQuery() == null ? text : text + "?redacted";
  }

  static String withoutQuery(URI url) {
    return url.toString().replaceFirst("[?#].*", "");
  }

  /** The last segment of the path, decoded; empty if there is none. */
  static String lastSegment(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
