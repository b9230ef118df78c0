package dev.freshet.resource;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a resource is loaded.
 *
 * @param interval from the end of a load to the next
 * @param linger how long a resource that nobody watches is kept ready, without being loaded, for
 *     somebody who comes back
 * @param retry bound of the wait after a first failure; doubled with each one that follows
 * @param maxRetry bound of every such wait
 */
public record Pace(Duration interval, Duration linger, Duration retry, Duration maxRetry) {
  private static final int MAX_DOUBLINGS = 20;

  public static final Pace DEFAULT =
      new Pace(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));

  public Pace {
    if (!interval.isPositive() || linger.isNegative())
      throw new IllegalArgumentException(
          "a resource needs a positive interval, and no less linger than 0");
    if (!retry.isPositive() || maxRetry.compareTo(retry) < 0)
      throw new IllegalArgumentException("a resource needs a positive retry, and no less maxRetry");
  }

  public static Pace every(Duration interval) {
    return new Pace(interval, DEFAULT.linger, DEFAULT.retry, DEFAULT.maxRetry);
  }

  public Pace linger(Duration other) {
    return new Pace(interval, other, retry, maxRetry);
  }

  public Pace retry(Duration first, Duration most) {
    return new Pace(interval, linger, first, most);
  }

  /**
   * The wait after failures: full jitter, so that many who failed together don't come back
   * together.
   *
   * @param failures one after the other, at least 1
   */
  Duration backoff(int failures, Duration atLeast) {
    Duration doubled = retry.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    long bound = (doubled.compareTo(maxRetry) < 0 ? doubled : maxRetry).toNanos();
    return atLeast.plusNanos(ThreadLocalRandom.current().nextLong(bound) + 1);
  }
}
