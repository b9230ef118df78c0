package dev.freshet.server.config;

import java.time.Duration;

/**
 * Durations as people write them: {@code 250ms}, {@code 15s}, {@code 5m}, {@code 24h}, {@code 7d}.
 */
public final class Durations {
  private Durations() {}

  /**
   * @throws IllegalArgumentException if it is not one
   */
  public static Duration parse(String text) {
    if (text.endsWith("ms")) return Duration.ofMillis(number(text, 2));
    if (text.isEmpty()) throw new IllegalArgumentException("empty");
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number(text, 1));
      case 'm' -> Duration.ofMinutes(number(text, 1));
      case 'h' -> Duration.ofHours(number(text, 1));
      case 'd' -> Duration.ofDays(number(text, 1));
      default -> throw new IllegalArgumentException(text);
    };
  }

  public static String text(Duration duration) {
    long ms = duration.toMillis();
    if (ms % 1000 != 0) return ms + "ms";
    long s = ms / 1000;
    if (s == 0 || s % 60 != 0) return s + "s";
    if (s % 3600 != 0) return s / 60 + "m";
    return s % 86400 != 0 || s == 86400 ? s / 3600 + "h" : s / 86400 + "d";
  }

  private static long number(String text, int unit) {
    long number = Long.parseLong(text.substring(0, text.length() - unit).strip());
    if (number < 0) throw new IllegalArgumentException(text);
    return number;
  }
}
