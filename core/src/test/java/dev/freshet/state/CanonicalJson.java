package dev.freshet.state;

import dev.freshet.event.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The compact text with members in order, so that texts are equal exactly when a reader could not
 * tell the values apart.
 */
final class CanonicalJson {
  private CanonicalJson() {}

  static String text(JsonNode node) {
    return Json.of(sorted(node)).toString();
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(m -> members.put(m.getKey(), sorted(m.getValue())));
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      return object.setAll(members);
    }
    if (!node.isArray()) return node;
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    node.forEach(element -> array.add(sorted(element)));
    return array;
  }
}
