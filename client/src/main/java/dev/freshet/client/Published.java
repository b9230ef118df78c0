package dev.freshet.client;

import tools.jackson.databind.JsonNode;

/**
 * The server's receipt: the events are durable to its configured level (L1).
 *
 * @param first position of the first event
 * @param position position of the last: what to subscribe {@code after}
 * @param duplicate whether the key had been seen, so that nothing was appended now (L3)
 */
public record Published(String first, String position, int count, boolean duplicate) {
  static Published read(JsonNode body) {
    return new Published(
        body.path("first").asString(""),
        body.path("position").asString(""),
        body.path("count").asInt(0),
        body.path("duplicate").asBoolean(false));
  }
}
