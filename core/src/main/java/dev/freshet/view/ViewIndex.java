package dev.freshet.view;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which views an event's topic concerns: exact topics by hash, patterns by trie, so that a publish
 * costs what matches and not what exists. Confined to the lock of Views.
 */
final class ViewIndex {
  private final Map<String, List<View>> exact = new HashMap<>();
  private final Node root = new Node();
  private int patterns;

  void add(View view) {
    for (TopicPattern pattern : view.scope().filter().patterns()) {
      if (pattern.exact()) {
        exact.computeIfAbsent(pattern.path(), path -> new ArrayList<>(1)).add(view);
      } else {
        root.at(pattern.segments()).views(pattern).add(view);
        patterns++;
      }
    }
  }

  void remove(View view) {
    for (TopicPattern pattern : view.scope().filter().patterns()) {
      if (pattern.exact()) {
        exact.computeIfPresent(
            pattern.path(), (path, views) -> views.remove(view) && views.isEmpty() ? null : views);
      } else {
        root.remove(pattern.segments(), 0, pattern, view);
        patterns--;
      }
    }
  }

  /** Calls back for each view of which some pattern matches; more than once if several do. */
  void matching(Topic topic, Consumer<View> found) {
    List<View> here = exact.get(topic.path());
    if (here != null) here.forEach(found);
    if (patterns > 0) root.match(topic.segments(), 0, found);
  }

  /** A segment of patterns; views end here, or take everything below. */
  private static final class Node {
    private final Map<String, Node> children = new HashMap<>(2);
    private final List<View> ending = new ArrayList<>(0);
    private final List<View> rest = new ArrayList<>(0);

    List<View> views(TopicPattern pattern) {
      return pattern.path().endsWith("**") ? rest : ending;
    }

    Node at(List<String> segments) {
      Node node = this;
      for (String segment : segments) {
        if (segment.equals("**")) break;
        node = node.children.computeIfAbsent(segment, s -> new Node());
      }
      return node;
    }

    /** Whether nothing is left here. */
    boolean remove(List<String> segments, int depth, TopicPattern pattern, View view) {
      boolean last = depth == segments.size() || segments.get(depth).equals("**");
      if (last) {
        views(pattern).remove(view);
      } else {
        Node child = children.get(segments.get(depth));
        if (child != null && child.remove(segments, depth + 1, pattern, view))
          children.remove(segments.get(depth));
      }
      return children.isEmpty() && ending.isEmpty() && rest.isEmpty();
    }

    void match(List<String> topic, int depth, Consumer<View> found) {
      boolean hidden = depth == 0 && topic.getFirst().startsWith("$");
      if (!hidden) rest.forEach(found);
      if (depth == topic.size()) {
        ending.forEach(found);
        return;
      }
      follow(children.get(topic.get(depth)), topic, depth, found);
      if (!hidden) follow(children.get("*"), topic, depth, found);
    }

    private static void follow(
        @Nullable Node child, List<String> topic, int depth, Consumer<View> found) {
      if (child != null) child.match(topic, depth + 1, found);
    }
  }
}
