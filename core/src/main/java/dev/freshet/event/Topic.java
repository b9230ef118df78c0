package dev.freshet.event;

import java.util.List;

/**
 * A path in a tenant, {@code instruments/m12/acquisitions/7f3/progress}: 1 to {@value
 * #MAX_SEGMENTS} segments joined by {@code /}, at most {@value #MAX_LENGTH} characters (PROTOCOL
 * §1).
 */
public record Topic(String path) implements Comparable<Topic> {
  public static final int MAX_LENGTH = 512;
  public static final int MAX_SEGMENTS = 16;

  public Topic {
    Segments.check("topic", path, false);
  }

  public static Topic of(String path) {
    return new Topic(path);
  }

  /** This topic with {@code segments} appended. */
  public Topic child(String... segments) {
    return new Topic(path + "/" + String.join("/", segments));
  }

  public List<String> segments() {
    return List.of(path.split("/", -1));
  }

  /** Whether the topic is reserved to the server: its first segment begins with {@code $}. */
  public boolean reserved() {
    return path.charAt(0) == '$';
  }

  @Override
  public int compareTo(Topic other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
