package dev.freshet.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all bodies that are held at once (R1). Thread-safe. */
final class BodyBudget {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** Whether there was room; if not, nothing was taken. */
  boolean take(int bytes) {
    if (held.addAndGet(bytes) <= limit) return true;
    held.addAndGet(-bytes);
    return false;
  }

  void release(int bytes) {
    held.addAndGet(-bytes);
  }

  long limit() {
    return limit;
  }
}
