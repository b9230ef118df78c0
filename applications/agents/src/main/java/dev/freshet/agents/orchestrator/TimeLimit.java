package dev.freshet.agents.orchestrator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Interrupts a run's thread when its time is up. While the run waits for a person its time stands
 * still.
 */
final class TimeLimit implements AutoCloseable {
  private final Thread worker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private long left;
  private long since = System.nanoTime();
  private int waiting;
  private boolean over;
  private boolean expired;

  private TimeLimit(Thread worker, Duration time) {
    this.worker = worker;
    this.left = time.toNanos();
  }

  /** Of the thread that calls, from now on. */
  static TimeLimit begin(Duration time) {
    TimeLimit limit = new TimeLimit(Thread.currentThread(), time);
    Thread.ofVirtual().name("agent-time").start(limit::watch);
    return limit;
  }

  private void watch() {
    lock.lock();
    try {
      while (!over) {
        if (waiting > 0) changed.await();
        else if (remaining() > 0) {
          boolean unused = changed.await(remaining(), TimeUnit.NANOSECONDS);
        } else expire();
      }
    } catch (InterruptedException nobody) {
      // Nobody does.
    } finally {
      lock.unlock();
    }
  }

  private long remaining() {
    return left - (System.nanoTime() - since);
  }

  private void expire() {
    over = true;
    expired = true;
    worker.interrupt();
  }

  /** A person is asked. */
  void pause() {
    lock.lock();
    try {
      if (waiting++ == 0) left = remaining();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** A person has answered. */
  void resume() {
    lock.lock();
    try {
      if (--waiting == 0) since = System.nanoTime();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean expired() {
    lock.lock();
    try {
      return expired;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      over = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
