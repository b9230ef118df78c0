package dev.freshet.event;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Topic patterns and event types: an event matches if one of the patterns matches its topic and the
 * types are empty or hold its type. Two filters that list the same in another order are equal, so
 * that they share a view.
 *
 * @param patterns at least one; sorted, without those that another one covers
 * @param types none means all
 */
public record Filter(List<TopicPattern> patterns, Set<String> types) {
  public Filter {
    if (patterns.isEmpty())
      throw new IllegalArgumentException("a filter needs at least one topic pattern");
    patterns = minimal(patterns);
    types = java.util.Collections.unmodifiableSet(new TreeSet<>(types));
  }

  public static Filter of(String... patterns) {
    return new Filter(Arrays.stream(patterns).map(TopicPattern::of).toList(), Set.of());
  }

  public Filter types(String... types) {
    return new Filter(patterns, Set.of(types));
  }

  public boolean matches(Event event) {
    return (types.isEmpty() || types.contains(event.type())) && matches(event.topic());
  }

  public boolean matches(Topic topic) {
    for (TopicPattern pattern : patterns) {
      if (pattern.matches(topic)) return true;
    }
    return false;
  }

  /** Whether snapshots of states belong to what this selects (PROTOCOL §2). */
  public boolean wantsStates() {
    return types.isEmpty() || types.contains(EventTypes.STATE_UPDATE);
  }

  /** Whether every pattern names one topic, so that the stream can end (U7). */
  public boolean exact() {
    return patterns.stream().allMatch(TopicPattern::exact);
  }

  /** The patterns, sorted, without duplicates and without those that another covers. */
  public static List<TopicPattern> minimal(List<TopicPattern> patterns) {
    List<TopicPattern> distinct = patterns.stream().distinct().sorted().toList();
    return distinct.stream().filter(p -> distinct.stream().noneMatch(q -> replaces(q, p))).toList();
  }

  /** Of two that cover each other the first one stays. */
  private static boolean replaces(TopicPattern pattern, TopicPattern other) {
    if (pattern.equals(other) || !pattern.covers(other)) return false;
    return pattern.compareTo(other) < 0 || !other.covers(pattern);
  }
}
