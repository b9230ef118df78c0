package dev.freshet.event;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A topic in which {@code *} stands for one whole segment and a final {@code **} for the rest, zero
 * or more segments (PROTOCOL §1). Reserved topics ({@code $…}) match only a pattern that spells
 * their first segment out.
 */
public record TopicPattern(String path) implements Comparable<TopicPattern> {
  /** Everything but the reserved topics. */
  public static final TopicPattern ALL = new TopicPattern("**");

  public TopicPattern {
    Segments.check("pattern", path, true);
  }

  public static TopicPattern of(String path) {
    return new TopicPattern(path);
  }

  public static TopicPattern of(Topic topic) {
    return new TopicPattern(topic.path());
  }

  /** Whether this names one topic: it has no wildcard. */
  public boolean exact() {
    return path.indexOf('*') < 0;
  }

  public List<String> segments() {
    return List.of(path.split("/", -1));
  }

  public boolean matches(Topic topic) {
    if (exact()) return path.equals(topic.path());
    return Wildcards.matches(path, topic.path());
  }

  /**
   * The first path after a topic's, in the order of topics, at which this can match, whether or not
   * it matches that one; empty if it matches nothing after it. A scan that seeks there passes over
   * whole subtrees.
   */
  public Optional<String> after(Topic topic) {
    return Leap.over(segments(), topic);
  }

  /** The first path after a topic's at which any of the patterns can match. */
  public static Optional<String> after(List<TopicPattern> patterns, Topic topic) {
    return patterns.stream()
        .flatMap(pattern -> pattern.after(topic).stream())
        .min(Comparator.naturalOrder());
  }

  /** Whether every topic that {@code other} matches is matched by this too. */
  public boolean covers(TopicPattern other) {
    return Wildcards.covers(segments(), other.segments());
  }

  /** Whether some topic could match both. */
  public boolean overlaps(TopicPattern other) {
    return Wildcards.overlaps(segments(), other.segments());
  }

  @Override
  public int compareTo(TopicPattern other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
