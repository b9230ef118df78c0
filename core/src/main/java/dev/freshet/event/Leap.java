package dev.freshet.event;

import java.util.List;
import java.util.Optional;

/** Where, in the order of topics, the next match of a pattern can be. */
final class Leap {
  /** The character after {@code /}: with it a path is behind all that is under it. */
  private static final char PAST_CHILDREN = '/' + 1;

  /**
   * With it a path is the first after the one without. A longer segment can be before what is under
   * the shorter.
   */
  private static final char NEXT = 0;

  private final List<String> pattern;
  private final String path;
  private final List<String> topic;

  private Leap(List<String> pattern, Topic topic) {
    this.pattern = pattern;
    this.path = topic.path();
    this.topic = topic.segments();
  }

  /** See {@link TopicPattern#after}. */
  static Optional<String> over(List<String> pattern, Topic topic) {
    return new Leap(pattern, topic).target();
  }

  private Optional<String> target() {
    for (int i = 0; i < pattern.size(); i++) {
      String wanted = pattern.get(i);
      if (wanted.equals("**")) return Optional.of(path + NEXT);
      if (i == topic.size())
        return Optional.of(path + (pattern.get(i - 1).equals("*") ? NEXT : '/'));
      if (i == 0 && topic.getFirst().startsWith("$") && wanted.equals("*")) return Optional.of("%");
      if (!wanted.equals("*") && !wanted.equals(topic.get(i))) return aside(i);
    }
    return pattern.size() == topic.size()
        ? Optional.of(path + NEXT)
        : Optional.of(pastChildren(pattern.size()));
  }

  /**
   * To the segment that the pattern spells out, or past the last wildcard's segment if that is
   * behind.
   */
  private Optional<String> aside(int index) {
    String spelled = prefix(index) + pattern.get(index);
    if (spelled.compareTo(path) > 0) return Optional.of(spelled);
    boolean under = index + 1 < pattern.size();
    if (under && (spelled + "/").compareTo(path) > 0) return Optional.of(spelled + "/");
    for (int i = index - 1; i >= 0; i--) {
      if (pattern.get(i).equals("*")) return Optional.of(pastChildren(i + 1));
    }
    return Optional.empty();
  }

  private String pastChildren(int segments) {
    return String.join("/", topic.subList(0, segments)) + PAST_CHILDREN;
  }

  private String prefix(int segments) {
    return segments == 0 ? "" : String.join("/", topic.subList(0, segments)) + "/";
  }
}
