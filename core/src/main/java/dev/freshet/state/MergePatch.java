package dev.freshet.state;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7396: members of the patch replace those of the value, and null removes. */
final class MergePatch {
  private MergePatch() {}

  /** The value that the patch makes of another one; neither is changed. */
  static JsonNode apply(JsonNode value, JsonNode patch) {
    if (!(patch instanceof ObjectNode members)) return patch.deepCopy();
    ObjectNode target =
        value instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    merge(target, members);
    return target;
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      String name = member.getKey();
      switch (member.getValue()) {
        case ObjectNode nested when target.get(name) instanceof ObjectNode object ->
            merge(object, nested);
        case ObjectNode nested -> merge(target.putObject(name), nested);
        case JsonNode scalar when scalar.isNull() -> target.remove(name);
        case JsonNode other -> target.set(name, other.deepCopy());
      }
    }
  }
}
