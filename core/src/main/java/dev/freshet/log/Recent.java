package dev.freshet.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The newest events of a log that is being followed, as they were appended, so that followers who
 * keep up cost no read. Bounded: who falls behind it reads the store. Thread-safe.
 */
final class Recent {
  private static final int MAX_EVENTS = 4096;
  private static final long MAX_BYTES = 4 << 20;

  /** One group's events each; together without a gap. */
  private final Deque<List<Recorded>> groups = new ArrayDeque<>();

  private int events;
  private long bytes;

  synchronized void add(List<Recorded> group) {
    if (group.isEmpty()) return;
    groups.addLast(group);
    events += group.size();
    bytes += bytes(group);
    while (events > MAX_EVENTS || bytes > MAX_BYTES) {
      List<Recorded> oldest = groups.removeFirst();
      events -= oldest.size();
      bytes -= bytes(oldest);
    }
  }

  synchronized void clear() {
    groups.clear();
    events = 0;
    bytes = 0;
  }

  /** Some of the events after an offset; empty if they are no longer here, or not yet. */
  synchronized Optional<Slice> after(long offset) {
    for (List<Recorded> group : groups) {
      long first = group.getFirst().offset();
      long last = group.getLast().offset();
      if (first > offset + 1) return Optional.empty();
      if (last > offset)
        return Optional.of(
            new Slice(group.subList((int) (offset + 1 - first), group.size()), last));
    }
    return Optional.empty();
  }

  private static long bytes(List<Recorded> group) {
    return group.stream().mapToLong(r -> Stored.bytes(r.event())).sum();
  }
}
