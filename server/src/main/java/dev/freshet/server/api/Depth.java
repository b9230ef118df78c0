package dev.freshet.server.api;

import tools.jackson.databind.JsonNode;

/** How deep JSON is nested: what is deeper than clients' parsers go is refused at the door. */
final class Depth {
  static final int MAX = 128;

  private Depth() {}

  static boolean tooDeep(JsonNode node) {
    return deeper(node, MAX);
  }

  private static boolean deeper(JsonNode node, int levels) {
    if (!node.isContainer()) return false;
    if (levels == 0) return true;
    for (JsonNode child : node.values()) {
      if (deeper(child, levels - 1)) return true;
    }
    return false;
  }
}
