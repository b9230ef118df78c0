package dev.freshet.log;

import java.util.concurrent.Semaphore;

/**
 * Lets calls through until it is closed, which waits for those inside: what they use can then be
 * released.
 */
final class Gate {
  private final Semaphore places = new Semaphore(Integer.MAX_VALUE);
  private volatile boolean refusing;

  /**
   * To be followed by {@link #exit}.
   *
   * @throws LogException.Closed if the gate no longer lets anybody in
   */
  void enter() {
    if (refusing || !places.tryAcquire()) throw new LogException.Closed();
  }

  void exit() {
    places.release();
  }

  boolean refuses() {
    return refusing;
  }

  void refuse() {
    refusing = true;
  }

  /** Refuses, and returns when nobody is inside. */
  void close() {
    refuse();
    places.acquireUninterruptibly(Integer.MAX_VALUE);
    places.release(Integer.MAX_VALUE);
  }
}
