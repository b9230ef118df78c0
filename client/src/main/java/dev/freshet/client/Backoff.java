package dev.freshet.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: full jitter, uniform between nothing and a ceiling that
 * doubles with each try. Immutable: a try that fails goes on with {@link #next()} (PROTOCOL §2.5).
 *
 * @param base the first ceiling; a stream's {@code retry:} takes its place
 * @param cap the last ceiling
 * @param attempt tries that have failed so far
 */
public record Backoff(Duration base, Duration cap, int attempt) {
  private static final int MAX_DOUBLINGS = 30;

  public Backoff {
    if (base.isNegative() || cap.isNegative() || attempt < 0) {
      throw new IllegalArgumentException("negative backoff: " + base + ", " + cap + ", " + attempt);
    }
  }

  public static Backoff of(Duration base, Duration cap) {
    return new Backoff(base, cap, 0);
  }

  /** The longest that this try may wait. */
  public Duration ceiling() {
    if (base.compareTo(cap) >= 0) return cap;
    Duration doubled = base.multipliedBy(1L << Math.min(attempt, MAX_DOUBLINGS));
    return doubled.compareTo(cap) < 0 ? doubled : cap;
  }

  public Duration delay(RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(ceiling().toNanos() + 1));
  }

  public Backoff next() {
    return new Backoff(base, cap, Math.min(attempt + 1, MAX_DOUBLINGS));
  }

  /** As at the first try. */
  public Backoff first() {
    return attempt == 0 ? this : new Backoff(base, cap, 0);
  }

  public Backoff withBase(Duration newBase) {
    return new Backoff(newBase, cap, attempt);
  }
}
