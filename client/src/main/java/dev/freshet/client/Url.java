package dev.freshet.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding. */
final class Url {
  private static final String UNRESERVED_IN_PATH = "/:@=,+$~_.-";

  private Url() {}

  /** A name or value of a query. */
  static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A topic as segments of a path: every character that a topic may have stands for itself. */
  static String path(String topic) {
    StringBuilder path = new StringBuilder();
    topic
        .codePoints()
        .forEach(c -> {
          boolean plain = c < 128 && Character.isLetterOrDigit(c);
          if (plain || UNRESERVED_IN_PATH.indexOf(c) >= 0) path.appendCodePoint(c);
          else path.append(query(Character.toString(c)).replace("+", "%20"));
        });
    return path.toString();
  }
}
