package dev.freshet.event;

import java.util.List;

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
