package dev.freshet.agents.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON's null and no node at all are the same here. */
final class Absent {
  private Absent() {}

  static @Nullable JsonNode ifNull(@Nullable JsonNode node) {
    return node == null || node.isNull() || node.isMissingNode() ? null : node;
  }
}
