package dev.freshet.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a log that is being followed, as they were appended, so that followers who
 * keep up cost no read. Bounded: who falls behind it reads the store. Thread-safe.
 */
final class Recent {
  private static final int EVENTS = 1 << 12;
  private static final long MAX_BYTES = 4 << 20;
  private static final int SLICE = 512;

  /** Each at its offset modulo the length; null while nobody follows. */
  private @Nullable Recorded @Nullable [] ring;

  /** Those from {@code oldest} to {@code newest} are here. */
  private long oldest = 1;

  private long newest;
  private long bytes;

  /**
   * Adds what was appended. Nothing may have been left out since the last call but {@link #clear}.
   */
  synchronized void add(List<Recorded> events) {
    if (events.isEmpty()) return;
    @Nullable Recorded[] slots = ring == null ? begin(events.getFirst().offset()) : ring;
    for (Recorded recorded : events) {
      if (newest - oldest + 1 == EVENTS) drop(slots);
      newest = recorded.offset();
      slots[slot(newest)] = recorded;
      bytes += Stored.bytes(recorded.event());
      while (bytes > MAX_BYTES) drop(slots);
    }
  }

  private @Nullable Recorded[] begin(long first) {
    oldest = first;
    newest = first - 1;
    bytes = 0;
    ring = new @Nullable Recorded[EVENTS];
    return ring;
  }

  private void drop(@Nullable Recorded[] slots) {
    Recorded dropped = slots[slot(oldest)];
    slots[slot(oldest++)] = null;
    if (dropped != null) bytes -= Stored.bytes(dropped.event());
  }

  synchronized void clear() {
    ring = null;
  }

  /** Some of the events after an offset; empty if they are no longer here, or not yet. */
  synchronized Optional<Slice> after(long offset) {
    if (ring == null || offset + 1 < oldest || offset >= newest) return Optional.empty();
    long last = Math.min(newest, offset + SLICE);
    List<Recorded> events = new ArrayList<>();
    for (long o = offset + 1; o <= last; o++) {
      Recorded recorded = ring[slot(o)];
      if (recorded != null) events.add(recorded);
    }
    return Optional.of(new Slice(events, last));
  }

  private static int slot(long offset) {
    return (int) (offset & (EVENTS - 1));
  }
}
