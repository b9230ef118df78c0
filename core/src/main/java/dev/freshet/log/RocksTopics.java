package dev.freshet.log;

import static java.util.Comparator.naturalOrder;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists topics: those in the index, which have events, together with those that only have a state.
 */
final class RocksTopics implements AutoCloseable {
  /** Makes of a topic what is after all its keys, in either family, and before the next topic's. */
  private static final char NEXT = 1;

  /** After every topic. */
  private static final String END = "\u007F";

  private final Partition partition;
  private final Layout layout;
  private final Scan index;
  private final Scan states;

  RocksTopics(Partition partition) {
    this.partition = partition;
    this.layout = partition.layout();
    List<Scan> scans =
        partition.database().scans(layout.first(), layout.end(), Family.TOPICS, Family.STATES);
    this.index = scans.getFirst();
    this.states = scans.getLast();
  }

  List<TopicSummary> list(TopicPattern pattern, Optional<Topic> after, int limit) {
    List<TopicSummary> found = new ArrayList<>();
    for (TopicRange range : TopicRange.of(List.of(pattern))) {
      String start =
          after
              .map(a -> a.path() + NEXT)
              .filter(a -> a.compareTo(range.start()) > 0)
              .orElse(range.start());
      Topic topic = from(start);
      while (topic != null && found.size() < limit && topic.path().compareTo(range.end()) < 0) {
        if (pattern.matches(topic)) found.add(summary(topic));
        topic = from(past(topic, pattern));
      }
    }
    return found;
  }

  /** Where the next topic can be that matches, but not this one. */
  private static String past(Topic topic, TopicPattern pattern) {
    String next = topic.path() + NEXT;
    String match = pattern.after(topic).orElse(END);
    return match.compareTo(next) > 0 ? match : next;
  }

  /** The first topic at or after a path that is in either family. */
  private @Nullable Topic from(String path) {
    byte[] key = layout.path(path);
    String indexed = index.seek(key).valid() ? Layout.indexTopic(index.key()) : null;
    String stated = states.seek(key).valid() ? Layout.stateTopic(states.key()) : null;
    String first =
        Stream.of(indexed, stated).flatMap(Stream::ofNullable).min(naturalOrder()).orElse(null);
    return first == null ? null : partition.topics().get(first);
  }

  private TopicSummary summary(Topic topic) {
    long newest = index.seekBack(layout.index(topic, -1L)).valid() ? newest(topic) : 0;
    Mark mark = states.seek(layout.state(topic)).valid() ? mark(topic) : Mark.NONE;
    return new TopicSummary(topic, mark.version(), Math.max(newest, mark.offset()), mark.ended());
  }

  private long newest(Topic topic) {
    byte[] key = index.key();
    return Layout.indexTopic(key).equals(topic.path()) ? Layout.offset(key) : 0;
  }

  private Mark mark(Topic topic) {
    return Layout.stateTopic(states.key()).equals(topic.path())
        ? StateCodec.mark(states.value())
        : Mark.NONE;
  }

  @Override
  public void close() {
    index.close();
    states.close();
  }
}
