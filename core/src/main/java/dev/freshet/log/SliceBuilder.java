package dev.freshet.log;

import java.util.ArrayList;
import java.util.List;

/** Collects events up to a number and a size. */
final class SliceBuilder {
  private static final long MAX_BYTES = 8 << 20;

  private final int limit;
  private final List<Recorded> events = new ArrayList<>();
  private long bytes;

  SliceBuilder(int limit) {
    this.limit = limit;
  }

  /** Returns whether there is room for more. */
  boolean add(Recorded recorded) {
    events.add(recorded);
    bytes += Stored.bytes(recorded.event());
    return !full();
  }

  boolean full() {
    return events.size() >= limit || bytes > MAX_BYTES;
  }

  /**
   * The slice, which reaches to its last event if it is full.
   *
   * @param through how far was looked otherwise
   */
  Slice build(long through) {
    return new Slice(events, full() ? events.getLast().offset() : through);
  }
}
