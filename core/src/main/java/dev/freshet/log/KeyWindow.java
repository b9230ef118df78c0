package dev.freshet.log;

import java.time.Duration;

/**
 * How long an idempotency key is remembered (L3): until it is older than {@code age}, or until
 * {@code count} newer ones have been used in its log.
 */
public record KeyWindow(Duration age, int count) {
  public static final KeyWindow DEFAULT = new KeyWindow(Duration.ofHours(24), 1_000_000);

  public KeyWindow {
    if (age.isNegative() || age.isZero() || count < 1) {
      throw new IllegalArgumentException(
          "an idempotency window needs a positive age and count, not " + age + ", " + count);
    }
  }

  /** Whether a key is past the window in a log that used {@code keys} of them so far. */
  boolean forgets(long number, long millis, long keys, long now) {
    return number <= keys - count || outlived(millis, now);
  }

  boolean outlived(long millis, long now) {
    return now - millis > age.toMillis();
  }
}
