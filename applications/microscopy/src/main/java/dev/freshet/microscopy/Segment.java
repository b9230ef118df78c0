package dev.freshet.microscopy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Any text as one topic segment, and no two texts as the same one: what a segment may not hold is
 * written as {@code ~} and two hexadecimal digits for each byte of its UTF-8. Grants name
 * instruments by their segments, so an encoding that maps two instruments to one would show an
 * operator the wrong microscope.
 */
final class Segment {
  /** Leaves room for an instrument and three uuids in a topic's 512 characters. */
  static final int MAX_LENGTH = 100;

  private static final String KEPT = "_.:@=+,-";
  private static final char ESCAPE = '~';

  private Segment() {}

  /** Empty if the segment would have more than {@value #MAX_LENGTH} characters. */
  static Optional<String> of(String text) {
    if (text.length() > MAX_LENGTH) return Optional.empty();
    StringBuilder segment = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) append(segment, b);
    if (segment.isEmpty()) segment.append(ESCAPE);
    return segment.length() > MAX_LENGTH ? Optional.empty() : Optional.of(segment.toString());
  }

  private static void append(StringBuilder segment, byte b) {
    char c = (char) (b & 0xff);
    if (kept(c)) segment.append(c);
    else segment.append(String.format("%c%02X", ESCAPE, (int) c));
  }

  private static boolean kept(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || KEPT.indexOf(c) >= 0;
  }
}
