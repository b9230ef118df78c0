package dev.freshet.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by sleeping, at once. */
final class RecordedTime implements Time {
  private final List<Duration> slept = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    slept.add(duration);
    nanos += duration.toNanos();
  }

  synchronized List<Duration> slept() {
    return List.copyOf(slept);
  }
}
