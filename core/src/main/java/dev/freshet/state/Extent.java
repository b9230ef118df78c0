package dev.freshet.state;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How long and how deep a JSON value is, looked at only as far as the asker needs. */
final class Extent {
  private static final long STRUCTURE = 2;

  private Extent() {}

  /**
   * The characters of its compact text, escapes not counted; some number past {@code enough} once
   * it is past it.
   */
  static long bytes(JsonNode node, long enough) {
    return bytes(node, enough, Budget.unbounded());
  }

  static long bytes(JsonNode node, long enough, Budget budget) {
    budget.visit();
    if (node.isString()) return node.stringValue().length() + STRUCTURE;
    if (!node.isContainer()) return node.isNull() ? 4 : node.asString("").length();
    long bytes = STRUCTURE;
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (bytes > enough) return bytes;
      bytes +=
          member.getKey().length()
              + 2 * STRUCTURE
              + bytes(member.getValue(), enough - bytes, budget);
    }
    if (node.isObject()) return bytes;
    for (JsonNode element : node) {
      if (bytes > enough) return bytes;
      bytes += 1 + bytes(element, enough - bytes, budget);
    }
    return bytes;
  }

  /** The levels of containers, 0 for a scalar; {@code enough + 1} once it is deeper than that. */
  static int depth(JsonNode node, int enough) {
    if (!node.isContainer()) return 0;
    if (enough <= 0) return 1;
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, depth(child, enough - 1));
      if (deepest > enough - 1) break;
    }
    return deepest + 1;
  }
}
