package dev.freshet.server.openapi;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * The JSON types that a schema admits, so that a parameter's text can become a value of one of
 * them.
 */
final class Kinds {
  private Kinds() {}

  static Set<String> of(JsonNode schema, UnaryOperator<JsonNode> resolve) {
    Set<String> kinds = new TreeSet<>();
    collect(schema, resolve, kinds);
    return kinds;
  }

  private static void collect(JsonNode schema, UnaryOperator<JsonNode> resolve, Set<String> kinds) {
    JsonNode node = resolve.apply(schema);
    JsonNode type = node.path("type");
    if (type.isString()) kinds.add(type.stringValue());
    type.forEach(t -> kinds.add(t.asString()));
    for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
      node.path(keyword).forEach(part -> collect(part, resolve, kinds));
    }
  }
}
