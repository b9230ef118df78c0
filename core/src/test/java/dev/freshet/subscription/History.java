package dev.freshet.subscription;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.log.Recorded;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** The model: everything that was ever published, whatever retention did to the log since. */
final class History {
  private final ConcurrentSkipListMap<Long, Recorded> events = new ConcurrentSkipListMap<>();

  void record(List<Recorded> appended) {
    for (Recorded recorded : appended) events.put(recorded.offset(), recorded);
  }

  /** The matching plain events in (after, upTo], in order. */
  List<Long> plain(Filter filter, long after, long upTo) {
    // The log's followers are called one after the other: the views may be told before the model.
    while (last() < upTo) Thread.onSpinWait();
    return events.subMap(after, false, upTo, true).values().stream()
        .filter(recorded -> recorded.revision() == null && filter.matches(recorded.event()))
        .map(Recorded::offset)
        .toList();
  }

  Event event(long offset) {
    return events.get(offset).event();
  }

  long last() {
    return events.isEmpty() ? 0 : events.lastKey();
  }
}
