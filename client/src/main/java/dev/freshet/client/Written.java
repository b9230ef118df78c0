package dev.freshet.client;

import tools.jackson.databind.JsonNode;

/**
 * The server's receipt for a change of a state.
 *
 * @param version the topic's version now; as before if the write changed nothing (S5)
 */
public record Written(String topic, long version, String position) {
  static Written read(JsonNode body) {
    return new Written(
        body.path("topic").asString(""),
        body.path("version").asLong(0),
        body.path("position").asString(""));
  }
}
