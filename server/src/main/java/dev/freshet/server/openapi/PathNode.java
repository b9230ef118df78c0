package dev.freshet.server.openapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A segment in the tree of path templates: what is written out comes before what is a parameter.
 */
final class PathNode {
  private final Map<String, PathNode> fixed = new HashMap<>();
  private final Map<String, Route> routes = new TreeMap<>();
  private @Nullable PathNode any;
  private @Nullable PathNode rest;

  /** A template that fits a path. */
  record Hit(Map<String, Route> routes, List<String> values) {}

  void add(Route route) {
    PathNode node = this;
    for (String segment : route.template().substring(1).split("/", -1))
      node = node.child(segment, route);
    Route other = node.routes.putIfAbsent(route.method(), route);
    if (other != null) {
      throw new IllegalStateException(
          route.operationId()
              + " and "
              + other.operationId()
              + " are both "
              + route.method()
              + " "
              + route.template());
    }
  }

  private PathNode child(String segment, Route route) {
    if (!segment.startsWith("{")) return fixed.computeIfAbsent(segment, s -> new PathNode());
    String name = segment.substring(1, segment.length() - 1);
    if (route.parameters().stream().anyMatch(p -> p.rest() && p.name().equals(name))) {
      if (rest == null) rest = new PathNode();
      return rest;
    }
    if (any == null) any = new PathNode();
    return any;
  }

  /** Adds every template that fits, the most specific first. */
  void find(String[] segments, int index, List<String> values, List<Hit> hits) {
    if (index == segments.length) {
      if (!routes.isEmpty()) hits.add(new Hit(routes, List.copyOf(values)));
      return;
    }
    String segment = segments[index];
    PathNode next = fixed.get(segment);
    if (next != null) next.find(segments, index + 1, values, hits);
    if (segment.isEmpty()) return;
    if (any != null) {
      values.addLast(segment);
      any.find(segments, index + 1, values, hits);
      values.removeLast();
    }
    if (rest != null) {
      values.addLast(String.join("/", List.of(segments).subList(index, segments.length)));
      hits.add(new Hit(rest.routes, List.copyOf(values)));
      values.removeLast();
    }
  }
}
