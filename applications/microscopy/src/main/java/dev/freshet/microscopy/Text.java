package dev.freshet.microscopy;

import java.nio.charset.StandardCharsets;

/** Text that came as JSON may hold half a surrogate pair, which UTF-8 cannot. */
final class Text {
  private Text() {}

  /** The text with {@code ?} in place of what has no encoding; the same if all has. */
  static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
