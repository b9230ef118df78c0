package dev.freshet.resource;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One viewer's interest in a resource: it is loaded until the last of its leases is closed.
 * Thread-safe; no call blocks.
 */
public final class Lease implements AutoCloseable {
  private final Feeding feeding;
  private final CompletableFuture<Void> ready;
  private final AtomicBoolean closed = new AtomicBoolean();

  Lease(Feeding feeding) {
    this.feeding = feeding;
    this.ready = feeding.ready();
  }

  /**
   * Done when the topic holds what was loaded lately; wait for it, with a bound, before the viewer
   * is answered. Fails with a {@link LoadException} if that load failed ({@link
   * LoadException#NOT_FOUND}: there is no document), which leaves what was loaded earlier.
   */
  public CompletableFuture<Void> ready() {
    return ready.copy();
  }

  /**
   * Has the resource loaded now instead of when it is due, unless loads fail and it is left alone
   * for a while. Done, or failed, as {@link #ready} is, with the first load that ends after this
   * call.
   */
  public CompletableFuture<Void> reload() {
    return feeding.hurry().copy();
  }

  /** Ends the interest; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) feeding.leave();
  }
}
