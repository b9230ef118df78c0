package dev.freshet.runtimes;

import dev.freshet.application.Attendant;
import dev.freshet.application.ClientStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** What is looked at while somebody watches, at most once an interval. Thread-safe. */
final class Watched {
  /** Looking may take at most one part in so many of the time. */
  private static final int SHARE = 10;

  /** So that a timer that is a little early is no turn late. */
  private static final double EARLY = 0.9;

  private final Duration interval;
  private final Runnable look;
  private final AtomicInteger viewers = new AtomicInteger();

  /** Held while it is looked at, so that those who come meanwhile see the same. */
  private final ReentrantLock looking = new ReentrantLock();

  private boolean looked;
  private long notBefore;

  Watched(Duration interval, Runnable look) {
    this.interval = interval;
    this.look = look;
  }

  boolean watched() {
    return viewers.get() > 0;
  }

  /** Looks, unless somebody has lately. */
  void refresh() {
    looking.lock();
    try {
      long began = System.nanoTime();
      if (looked && began - notBefore < 0) return;
      look.run();
      looked = true;
      long now = System.nanoTime();
      long pause = Math.max((long) (interval.toNanos() * EARLY), SHARE * (now - began));
      notBefore = now + pause;
    } finally {
      looking.unlock();
    }
  }

  /** Counts one stream while it is open. */
  Attendant attendant() {
    return new Attendant() {
      @Override
      public void opened(ClientStream stream) {
        viewers.incrementAndGet();
      }

      @Override
      public void delivered(long offset) {}

      @Override
      public void closed(String reason) {
        viewers.decrementAndGet();
      }
    };
  }
}
