package dev.freshet.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time as the client reads it and lets it pass; a test puts its own in its place. */
interface Time {
  /** A moment that never comes. */
  long NEVER = Long.MAX_VALUE;

  /** Nanoseconds since some moment before this program asked; never negative. */
  long nanos();

  void sleep(Duration duration) throws InterruptedException;

  /** The moment after a duration from now; {@link #NEVER} if that is too far to count. */
  default long after(Duration duration) {
    long now = nanos();
    return duration.compareTo(Duration.ofNanos(NEVER - now)) >= 0
        ? NEVER
        : now + duration.toNanos();
  }

  Time SYSTEM =
      new Time() {
        private final long origin = System.nanoTime();

        @Override
        public long nanos() {
          return System.nanoTime() - origin;
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
      };
}
