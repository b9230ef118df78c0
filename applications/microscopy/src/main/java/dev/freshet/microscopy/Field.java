package dev.freshet.microscopy;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A member of an entity, as its response schema describes it.
 *
 * @param nullable whether it may be null
 * @param time whether it is a date and time
 */
record Field(String name, boolean nullable, boolean time) {
  static Field of(String name, JsonNode schema) {
    boolean nullable = false;
    boolean time = isTime(schema);
    for (JsonNode alternative : schema.path("anyOf")) {
      nullable |= alternative.path("type").asString("").equals("null");
      time |= isTime(alternative);
    }
    return new Field(name, nullable, time);
  }

  private static boolean isTime(JsonNode schema) {
    return schema.path("format").asString("").equals("date-time");
  }

  /** The value as it is kept; empty if it is not one that this field can hold. */
  Optional<JsonNode> accept(JsonNode value) {
    if (!time || !value.isString()) return Optional.of(value);
    return Timestamps.withZone(value.asString()).map(StringNode::valueOf);
  }
}
