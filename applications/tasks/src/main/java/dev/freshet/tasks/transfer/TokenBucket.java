package dev.freshet.tasks.transfer;

import java.time.Duration;

/** Bounds bytes a second, shared by who takes from it, in the order in which they come. */
final class TokenBucket {
  private static final long NANOS = 1_000_000_000;

  /** What was not used for so long may be caught up on. */
  private static final long BURST_NANOS = NANOS / 4;

  private static final int LARGEST = 64 << 10;
  private static final int SMALLEST = 1 << 10;
  private static final int PIECES = 8;

  private final long rate;

  /** When all that was taken is paid for. */
  private long paid = System.nanoTime();

  /**
   * @param rate 0 for no bound
   */
  TokenBucket(long rate) {
    this.rate = rate;
  }

  /** So much is best taken at once, that it flows rather than jumps. */
  int piece() {
    if (rate == 0) return LARGEST;
    return Math.clamp(rate / PIECES, SMALLEST, LARGEST);
  }

  /** Waits until so many bytes may pass. */
  void take(int bytes) throws InterruptedException {
    if (rate == 0) return;
    long wait = reserve(bytes);
    if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
  }

  private synchronized long reserve(int bytes) {
    long now = System.nanoTime();
    if (paid - now < -BURST_NANOS) paid = now - BURST_NANOS;
    paid += bytes * NANOS / rate;
    return paid - now;
  }
}
