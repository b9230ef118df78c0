package dev.freshet.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who or what changed a state: the type and id of an action; either may be absent.
 *
 * @param payload what the action said, where the topic's policy shows it; JSON's null is a node
 */
public record Cause(@Nullable String type, @Nullable String id, @Nullable JsonNode payload) {
  static @Nullable Cause read(JsonNode node) {
    if (!node.isObject()) return null;
    return new Cause(
        node.path("type").stringValue(null),
        node.path("id").stringValue(null),
        node.get("payload"));
  }
}
