package dev.freshet.server.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the operation of a request. Immutable once built; thread-safe. */
public final class Router {
  private final PathNode root = new PathNode();

  /**
   * @throws IllegalStateException if two routes have the same method and path
   */
  public Router(List<Route> routes) {
    routes.forEach(root::add);
  }

  /**
   * @param path as it stands in the request line, without query
   * @throws dev.freshet.server.problem.HttpProblem if it is not a well-formed path
   */
  public Match match(String method, String path) {
    String[] segments = path.substring(1).split("/", -1);
    List<PathNode.Hit> hits = new ArrayList<>();
    root.find(segments, 0, new ArrayList<>(), hits);
    Set<String> allowed = new TreeSet<>();
    for (PathNode.Hit hit : hits) {
      Route route = hit.routes().get(method);
      if (route != null) return new Match.Found(route, parameters(route, hit.values()));
      allowed.addAll(hit.routes().keySet());
    }
    return allowed.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(allowed);
  }

  private static Map<String, String> parameters(Route route, List<String> values) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int i = 0;
    for (String segment : route.template().substring(1).split("/", -1)) {
      if (segment.startsWith("{")) {
        parameters.put(segment.substring(1, segment.length() - 1), Percent.path(values.get(i++)));
      }
    }
    return parameters;
  }
}
