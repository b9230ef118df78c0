package dev.freshet.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Time as a reporter reads it and lets it pass; a test puts its own in its place. */
interface Pace {
  Instant now();

  void sleep(Duration duration) throws InterruptedException;

  Pace REAL =
      new Pace() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
      };
}
