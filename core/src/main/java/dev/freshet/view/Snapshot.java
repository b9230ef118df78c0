package dev.freshet.view;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The matching states as frames at one position, encoded once for those who ask at about the same
 * time. Counted: each reader {@linkplain #retain holds} it until it has taken all of it, then the
 * memory goes.
 */
public final class Snapshot {
  private final @Nullable Page first;
  private final long offset;
  private final long bytes;
  private final Runnable onFreed;
  private final AtomicInteger holders = new AtomicInteger(1);

  Snapshot(@Nullable Page first, long offset, long bytes, Runnable onFreed) {
    this.first = first;
    this.offset = offset;
    this.bytes = bytes;
    this.onFreed = onFreed;
  }

  /** The log offset that the states are at. */
  public long offset() {
    return offset;
  }

  /** In bytes on the wire. */
  public long size() {
    return bytes;
  }

  Replay pages() {
    return new Replay(first, offset, false);
  }

  /** Takes hold of it; false if it is gone already. */
  boolean retain() {
    int count = holders.get();
    while (count > 0) {
      if (holders.compareAndSet(count, count + 1)) return true;
      count = holders.get();
    }
    return false;
  }

  /** Lets go; each holder once. */
  public void release() {
    if (holders.decrementAndGet() > 0) return;
    for (Page page = first; page != null; page = page.next()) page.bytes.release();
    onFreed.run();
  }
}
