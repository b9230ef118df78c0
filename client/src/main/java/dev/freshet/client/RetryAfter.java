package dev.freshet.client;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header of that name: seconds, or a date (RFC 9110 §10.2.3). */
final class RetryAfter {
  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** Null where there is none, or it is neither. */
  static @Nullable Duration read(HttpHeaders headers) {
    return headers.firstValue("Retry-After").map(RetryAfter::parse).orElse(null);
  }

  private static @Nullable Duration parse(String value) {
    String text = value.strip();
    if (text.matches("[0-9]{1," + MAX_DIGITS + "}"))
      return Duration.ofSeconds(Long.parseLong(text));
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(Instant.now(), then);
      return left.isNegative() ? Duration.ZERO : left;
    } catch (DateTimeException neither) {
      return null;
    }
  }
}
