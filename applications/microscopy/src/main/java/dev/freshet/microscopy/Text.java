package dev.freshet.microscopy;

import java.nio.charset.StandardCharsets;

/**
 * Text that came as JSON may hold half a surrogate pair. JSON can write it again, but strict
 * parsers refuse it: one line of one agent's would end the streams of all who follow its log.
 */
final class Text {
  private Text() {}

  /** The text with {@code ?} in place of what has no encoding; the same if all has. */
  static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
