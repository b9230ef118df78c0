package dev.freshet.access;

import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.List;

/** Topic patterns, any of which permits (A1). An empty grant permits nothing. */
public record Grant(List<TopicPattern> patterns) {
  public static final Grant NONE = new Grant(List.of());

  public Grant {
    patterns = Filter.minimal(patterns);
  }

  public static Grant of(String... patterns) {
    return new Grant(List.of(patterns).stream().map(TopicPattern::of).toList());
  }

  public boolean permits(Topic topic) {
    for (TopicPattern pattern : patterns) {
      if (pattern.matches(topic)) return true;
    }
    return false;
  }

  /** Whether everything that the pattern matches is permitted, by one of this grant's patterns. */
  public boolean covers(TopicPattern pattern) {
    return patterns.stream().anyMatch(p -> p.covers(pattern));
  }
}
