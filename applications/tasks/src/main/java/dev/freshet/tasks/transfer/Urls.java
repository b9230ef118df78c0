package dev.freshet.tasks.transfer;

import dev.freshet.net.HttpUrls;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** URLs of sources. */
final class Urls {
  private Urls() {}

  /** Empty if the text is not an absolute URL that a transfer can fetch. */
  static Optional<URI> parse(String text) {
    try {
      URI url = new URI(new URI(text).toASCIIString());
      return HttpUrls.valid(url) || file(url) ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  static boolean file(URI url) {
    boolean local = url.getRawAuthority() == null || url.getRawAuthority().isEmpty();
    return HttpUrls.scheme(url).equals("file") && local && !url.isOpaque();
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
