package dev.freshet.log;

import dev.freshet.event.TopicPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where, in the order of topics, those that a pattern matches can be: from {@code start} until
 * before {@code end}.
 *
 * @param exact whether it holds one topic, {@code start}
 */
record TopicRange(String start, String end, boolean exact) {
  private static final char AFTER_SLASH = '/' + 1;
  private static final char AFTER_ALL = 0x7F;

  /** The ranges of the patterns, in order, without overlaps. */
  static List<TopicRange> of(List<TopicPattern> patterns) {
    List<TopicRange> apart = new ArrayList<>();
    patterns.stream()
        .flatMap(TopicRange::of)
        .sorted(Comparator.comparing(TopicRange::start))
        .forEach(range -> {
          if (apart.isEmpty() || apart.getLast().end.compareTo(range.start) <= 0) apart.add(range);
          else apart.add(apart.removeLast().joined(range));
        });
    return apart;
  }

  private static Stream<TopicRange> of(TopicPattern pattern) {
    String path = pattern.path();
    if (pattern.exact()) return Stream.of(one(path));
    String prefix = path.substring(0, path.indexOf('*'));
    if (prefix.isEmpty()) return Stream.of(new TopicRange("", String.valueOf(AFTER_ALL), false));
    String parent = prefix.substring(0, prefix.length() - 1);
    TopicRange children = new TopicRange(prefix, parent + AFTER_SLASH, false);
    return path.endsWith("**") ? Stream.of(one(parent), children) : Stream.of(children);
  }

  private static TopicRange one(String path) {
    return new TopicRange(path, path + '\0', true);
  }

  private TopicRange joined(TopicRange other) {
    return new TopicRange(start, end.compareTo(other.end) < 0 ? other.end : end, false);
  }
}
