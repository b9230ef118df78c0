package dev.freshet.tasks.transfer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before another attempt: full jitter, so that many who failed together don't come
 * back together.
 *
 * @param base bound of the first wait; doubled each time
 * @param most bound of every wait, but for what a server asks for
 */
record Backoff(Duration base, Duration most) {
  private static final int MAX_DOUBLINGS = 20;

  /**
   * @param failures one after the other, at least 1
   * @param atLeast what the server asks for
   */
  Duration delay(int failures, Duration atLeast) {
    long doubled = base.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
    long bound = Math.max(1, Math.min(doubled, most.toMillis()));
    return atLeast.plusMillis(ThreadLocalRandom.current().nextLong(bound));
  }
}
