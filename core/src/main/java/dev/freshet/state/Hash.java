package dev.freshet.state;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A hash of a JSON value that agrees with {@link Equality#ofTexts}. */
final class Hash {
  private Hash() {}

  static int of(JsonNode node, Budget budget) {
    budget.visit();
    return switch (node.getNodeType()) {
      case OBJECT -> members(node, budget);
      case ARRAY -> elements(node, budget);
      case NUMBER -> node.asString().hashCode();
      case STRING -> node.stringValue().hashCode();
      case BOOLEAN, NULL, BINARY, POJO, MISSING -> node.hashCode();
    };
  }

  private static int members(JsonNode object, Budget budget) {
    int sum = 1;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      sum += (31 * member.getKey().hashCode()) ^ of(member.getValue(), budget);
    }
    return sum;
  }

  private static int elements(JsonNode array, Budget budget) {
    int hash = 2;
    for (JsonNode element : array) hash = 31 * hash + of(element, budget);
    return hash;
  }
}
