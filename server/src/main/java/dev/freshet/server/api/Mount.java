package dev.freshet.server.api;

import dev.freshet.application.Problem;
import dev.freshet.server.openapi.ApiDocument;
import dev.freshet.server.openapi.Route;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A document's routes with what answers them.
 *
 * @param handlers by {@code operationId}
 * @param problemBody the body of an error where it is not problem+json
 */
record Mount(
    ApiDocument document,
    Map<String, Handler> handlers,
    Function<Problem, Optional<JsonNode>> problemBody) {

  /**
   * @throws IllegalStateException if a route has no handler, or a handler no route
   */
  Mount {
    handlers = Map.copyOf(handlers);
    Set<String> described =
        document.routes().stream().map(Route::operationId).collect(Collectors.toSet());
    requireNone(document.name() + ": routes without a handler: ", described, handlers.keySet());
    requireNone(document.name() + ": handlers without a route: ", handlers.keySet(), described);
  }

  Handler handler(Route route) {
    return java.util.Objects.requireNonNull(handlers.get(route.operationId()));
  }

  private static void requireNone(String what, Set<String> all, Set<String> known) {
    Set<String> missing = new TreeSet<>(all);
    missing.removeAll(known);
    if (!missing.isEmpty()) throw new IllegalStateException(what + missing);
  }
}
