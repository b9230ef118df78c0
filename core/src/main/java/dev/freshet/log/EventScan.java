package dev.freshet.log;

import java.util.function.Predicate;

/** Reads a log's events one after the other. */
record EventScan(Partition partition) {
  /**
   * Calls {@code visit} with the events after an offset until it returns false, none past {@code
   * last}.
   */
  void forEach(long after, long last, Predicate<Stored> visit) {
    Layout layout = partition.layout();
    if (after >= last) return;
    try (Scan events =
        partition.database().scan(Family.EVENTS, layout.event(after + 1), layout.event(last + 1))) {
      for (events.seekFirst(); events.valid(); events.next()) {
        if (!visit.test(partition.decode(Layout.offset(events.key()), events.value()))) return;
      }
    }
  }

  /** The same backwards, from {@code last} down to the first after {@code after}. */
  void backwards(long after, long last, Predicate<Stored> visit) {
    Layout layout = partition.layout();
    if (after >= last) return;
    try (Scan events =
        partition.database().scan(Family.EVENTS, layout.event(after + 1), layout.event(last + 1))) {
      for (events.seekLast(); events.valid(); events.previous()) {
        if (!visit.test(partition.decode(Layout.offset(events.key()), events.value()))) return;
      }
    }
  }
}
