package dev.freshet.simulator;

import java.time.Duration;
import java.time.Instant;

/** Time that passes only by sleeping, at once. */
final class LeapingPace implements Pace {
  private volatile Instant now = Instant.parse("2026-01-05T08:00:00Z");

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) throw new InterruptedException();
    now = now.plus(duration);
  }
}
