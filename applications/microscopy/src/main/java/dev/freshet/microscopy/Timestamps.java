package dev.freshet.microscopy;

import static java.time.format.DateTimeFormatter.ISO_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Times as this API answers them: ISO 8601 with zone. */
final class Timestamps {
  private static final int DATE_LENGTH = 10;

  private Timestamps() {}

  /**
   * The same time with a zone. A time without one is taken as UTC: that is how SmartEM agents send
   * theirs. Empty if the text is not an ISO 8601 date and time.
   */
  static Optional<String> withZone(String text) {
    try {
      TemporalAccessor time =
          ISO_DATE_TIME.parseBest(withT(text), OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(ISO_OFFSET_DATE_TIME.format(withOffset(time)));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  /** RFC 3339 lets a space stand for the T. */
  private static String withT(String text) {
    boolean spaced = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    return spaced ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1) : text;
  }

  private static TemporalAccessor withOffset(TemporalAccessor time) {
    return time instanceof LocalDateTime local ? local.atOffset(ZoneOffset.UTC) : time;
  }
}
