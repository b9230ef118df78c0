package dev.freshet.log;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Finds the events of a few topics without looking at those of others. */
record TopicIndex(Partition partition) {
  /**
   * The topics that match and have events, perhaps with some that have none.
   *
   * @param limit how many topics may be looked at; empty if they are more
   */
  Optional<List<Topic>> topics(List<TopicPattern> patterns, int limit) {
    List<Topic> topics = new ArrayList<>();
    int left = limit;
    try (Scan index = scan()) {
      for (TopicRange range : TopicRange.of(patterns)) {
        if (range.exact()) {
          topics.add(partition.topics().get(range.start()));
          left--;
        } else {
          left = visit(index, range, patterns, topics, left);
        }
        if (left < 0) return Optional.empty();
      }
    }
    return Optional.of(topics);
  }

  /** Goes from topic to topic, not from entry to entry. */
  private int visit(
      Scan index, TopicRange range, List<TopicPattern> patterns, List<Topic> found, int limit) {
    int left = limit;
    index.seek(partition.layout().path(range.start()));
    while (left >= 0 && index.valid()) {
      Topic topic = partition.topics().get(Layout.indexTopic(index.key()));
      if (topic.path().compareTo(range.end()) >= 0) break;
      if (patterns.stream().anyMatch(p -> p.matches(topic))) found.add(topic);
      left--;
      index.seek(past(topic, patterns, range));
    }
    return left;
  }

  /**
   * Before the next topic that can match: not at this one's entries, which that need not exclude.
   */
  private byte[] past(Topic topic, List<TopicPattern> patterns, TopicRange range) {
    byte[] entries = partition.layout().index(topic, -1L);
    byte[] next = partition.layout().path(TopicPattern.after(patterns, topic).orElse(range.end()));
    return Arrays.compareUnsigned(entries, next) > 0 ? entries : next;
  }

  /**
   * The first offsets after one that belong to any of the topics, ascending, at most {@code limit}.
   */
  long[] offsets(List<Topic> topics, long after, long last, int limit) {
    PriorityQueue<Long> lowest = new PriorityQueue<>(Comparator.reverseOrder());
    try (Scan index = scan()) {
      for (Topic topic : topics) collect(index, topic, after, last, limit, lowest);
    }
    return lowest.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /**
   * Stops where the topic's offsets are past {@code limit} lower ones, so that many topics cost
   * little more than one.
   */
  private void collect(
      Scan index, Topic topic, long after, long last, int limit, PriorityQueue<Long> lowest) {
    byte[] start = partition.layout().index(topic, after + 1);
    for (index.seek(start); index.valid(); index.next()) {
      byte[] key = index.key();
      if (!sameTopic(key, start)) return;
      long newest = Layout.offset(key);
      long[] offsets = IndexEntry.offsets(newest, index.value());
      if (lowest.size() == limit && offsets[offsets.length - 1] > lowest.element()) return;
      for (long offset : offsets) {
        if (offset > after && offset <= last) lowest.add(offset);
      }
      while (lowest.size() > limit) lowest.remove();
      if (newest >= last) return;
    }
  }

  /** The last offsets up to one that belong to any of the topics, descending. */
  long[] lastOffsets(List<Topic> topics, long upTo, int limit) {
    PriorityQueue<Long> highest = new PriorityQueue<>();
    try (Scan index = scan()) {
      for (Topic topic : topics) collectBack(index, topic, upTo, limit, highest);
    }
    return highest.stream().sorted(Comparator.reverseOrder()).mapToLong(Long::longValue).toArray();
  }

  /** An entry above {@code upTo} may still name offsets below it. */
  private void collectBack(
      Scan index, Topic topic, long upTo, int limit, PriorityQueue<Long> highest) {
    byte[] end = partition.layout().index(topic, -1L);
    for (index.seekBack(end); index.valid(); index.previous()) {
      byte[] key = index.key();
      if (!sameTopic(key, end)) return;
      long newest = Layout.offset(key);
      if (highest.size() == limit && newest < highest.element()) return;
      for (long offset : IndexEntry.offsets(newest, index.value())) {
        if (offset <= upTo) highest.add(offset);
      }
      while (highest.size() > limit) highest.remove();
    }
  }

  private static boolean sameTopic(byte[] key, byte[] other) {
    int topic = other.length - Long.BYTES;
    return key.length == other.length && Arrays.equals(key, 0, topic, other, 0, topic);
  }

  private Scan scan() {
    Layout layout = partition.layout();
    return partition.database().scan(Family.TOPICS, layout.first(), layout.end());
  }
}
