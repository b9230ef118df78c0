package dev.freshet.server.api;

import dev.freshet.server.limits.InFlight;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that wait for something to happen (long polls); a server that shuts down wakes them.
 * Thread-safe.
 */
public final class Waiting {
  private final InFlight inFlight;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  public Waiting(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /** What can wait. */
  @FunctionalInterface
  interface Wait<T> {
    T until(Duration limit) throws InterruptedException;
  }

  /** Runs on the calling thread, which does not count as at work meanwhile. */
  <T> T run(Duration limit, Wait<T> wait) throws InterruptedException {
    if (limit.isZero()) return wait.until(limit);
    threads.add(Thread.currentThread());
    inFlight.leave();
    try {
      return wait.until(over ? Duration.ZERO : limit);
    } finally {
      inFlight.resume();
      threads.remove(Thread.currentThread());
    }
  }

  /** Interrupts those that wait. */
  public void end() {
    over = true;
    threads.forEach(Thread::interrupt);
  }
}
