package dev.freshet.log;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The events of a {@link MemoryLog}, by offset, by topic and by retention rule. One thread at a
 * time changes them; any number read.
 */
final class MemoryEvents {
  private final Retention retention;
  private final Watermarks watermarks;
  private final ConcurrentNavigableMap<Long, Recorded> events = new ConcurrentSkipListMap<>();
  private final ConcurrentNavigableMap<Topic, NavigableMap<Long, Recorded>> byTopic =
      new ConcurrentSkipListMap<>();
  private final List<Queue<Stored>> byRule;
  private final List<Tally> tallies;

  MemoryEvents(Retention retention, Watermarks watermarks) {
    this.retention = retention;
    this.watermarks = watermarks;
    this.byRule =
        retention.rules().stream().<Queue<Stored>>map(rule -> new ArrayDeque<>()).toList();
    this.tallies = retention.rules().stream().map(rule -> new Tally(0, 0)).toList();
  }

  /** Returns whether there is so much that retention should not wait. */
  boolean add(Recorded recorded, long millis) {
    Event event = recorded.event();
    int rule = retention.ruleOf(event.topic());
    Stored stored = new Stored(recorded, millis, true);
    byRule.get(rule).add(stored);
    tallies.get(rule).add(1, stored.bytes());
    events.put(recorded.offset(), recorded);
    byTopic
        .computeIfAbsent(event.topic(), t -> new ConcurrentSkipListMap<>())
        .put(recorded.offset(), recorded);
    return tallies.get(rule).exceedsTwice(retention.rules().get(rule));
  }

  Stream<Recorded> read(Filter filter, long after, long upTo, int limit) {
    Stream<Recorded> candidates =
        filter.exact() ? ofTopics(filter, after, upTo, limit) : range(events, after, upTo);
    return candidates.filter(r -> filter.matches(r.event())).limit(limit);
  }

  List<Recorded> last(Filter filter, long upTo, int limit) {
    return events.headMap(upTo, true).descendingMap().values().stream()
        .filter(r -> filter.matches(r.event()))
        .limit(limit)
        .toList()
        .reversed();
  }

  Stream<Recorded> after(long offset, long upTo) {
    return range(events, offset, upTo);
  }

  private Stream<Recorded> ofTopics(Filter filter, long after, long upTo, int limit) {
    return filter.patterns().stream()
        .map(p -> byTopic.get(Topic.of(p.path())))
        .flatMap(Stream::ofNullable)
        .flatMap(
            topic -> range(topic, after, upTo).filter(r -> filter.matches(r.event())).limit(limit))
        .sorted(Comparator.comparingLong(Recorded::offset));
  }

  private static Stream<Recorded> range(
      NavigableMap<Long, Recorded> events, long after, long upTo) {
    return after >= upTo
        ? Stream.empty()
        : events.subMap(after, false, upTo, true).values().stream();
  }

  NavigableSet<Topic> topics() {
    return byTopic.keySet();
  }

  /** The offset of the topic's newest event; 0 if it has none. */
  long last(Topic topic) {
    NavigableMap<Long, Recorded> ofTopic = byTopic.get(topic);
    var last = ofTopic == null ? null : ofTopic.lastEntry();
    return last == null ? 0 : last.getKey();
  }

  void retain(long now, Consumer<Recorded> removed) {
    for (int rule = 0; rule < byRule.size(); rule++) {
      Retention.Rule bounds = retention.rules().get(rule);
      Queue<Stored> queue = byRule.get(rule);
      for (Stored oldest = queue.peek(); oldest != null; oldest = queue.peek()) {
        if (!tallies.get(rule).exceeds(bounds) && !bounds.outlived(oldest.millis(), now)) break;
        watermarks.raise(rule, oldest.offset());
        tallies.get(rule).add(-1, -oldest.bytes());
        queue.remove();
        remove(oldest.recorded());
        removed.accept(oldest.recorded());
      }
    }
  }

  private void remove(Recorded recorded) {
    events.remove(recorded.offset());
    byTopic.computeIfPresent(
        recorded.event().topic(),
        (topic, ofTopic) -> {
          ofTopic.remove(recorded.offset());
          return ofTopic.isEmpty() ? null : ofTopic;
        });
  }
}
