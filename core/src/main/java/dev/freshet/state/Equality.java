package dev.freshet.state;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;

/** When two JSON values are the same. The order of an object's members never counts. */
final class Equality {
  private Equality() {}

  /** RFC 6902 §4.6: numbers are equal if their values are, so 1 equals 1.0. */
  static boolean ofValues(JsonNode a, JsonNode b) {
    return same(a, b, Equality::sameValue, Budget.unbounded());
  }

  /**
   * Numbers are equal if their texts are, so 1 does not equal 1.0: a reader ends with the very text
   * written.
   */
  static boolean ofTexts(JsonNode a, JsonNode b, Budget budget) {
    return same(a, b, Equality::sameText, budget);
  }

  private static boolean same(JsonNode a, JsonNode b, Numbers numbers, Budget budget) {
    budget.visit();
    if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) return false;
    return switch (a.getNodeType()) {
      case OBJECT -> sameMembers(a, b, numbers, budget);
      case ARRAY -> sameElements(a, b, numbers, budget);
      case NUMBER -> numbers.same(a, b);
      case STRING -> a.stringValue().equals(b.stringValue());
      case BOOLEAN, NULL, BINARY, POJO, MISSING -> a.equals(b);
    };
  }

  private static boolean sameMembers(JsonNode a, JsonNode b, Numbers numbers, Budget budget) {
    for (Map.Entry<String, JsonNode> member : a.properties()) {
      JsonNode other = b.get(member.getKey());
      if (other == null || !same(member.getValue(), other, numbers, budget)) return false;
    }
    return true;
  }

  private static boolean sameElements(JsonNode a, JsonNode b, Numbers numbers, Budget budget) {
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i), numbers, budget)) return false;
    }
    return true;
  }

  private static boolean sameValue(JsonNode a, JsonNode b) {
    if (!finite(a) || !finite(b)) return false;
    return sameText(a, b) || a.decimalValue().compareTo(b.decimalValue()) == 0;
  }

  private static boolean finite(JsonNode number) {
    return !(number instanceof NumericNode node && node.isNaN());
  }

  static boolean sameText(JsonNode a, JsonNode b) {
    if (a.isInt() && b.isInt()) return a.intValue() == b.intValue();
    return a.isIntegralNumber() == b.isIntegralNumber() && a.asString().equals(b.asString());
  }

  private interface Numbers {
    boolean same(JsonNode a, JsonNode b);
  }
}
