package dev.freshet.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened and where: topic, type, time, JSON data.
 *
 * @param time null lets the server take the time at which it gets the event
 * @param data not to be changed afterwards
 * @param end whether this is the topic's last event (U7)
 */
public record Event(String topic, String type, @Nullable Instant time, JsonNode data, boolean end) {

  /** An event with data that Jackson can write: a record, map, list, scalar or {@link JsonNode}. */
  public static Event of(String topic, String type, @Nullable Object data) {
    return new Event(topic, type, null, Json.tree(data), false);
  }

  public Event at(Instant newTime) {
    return new Event(topic, type, newTime, data, end);
  }

  /** This event as the last of its topic. */
  public Event ending() {
    return new Event(topic, type, time, data, true);
  }

  JsonNode body() {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("topic", topic).put("type", type).set("data", data);
    if (time != null) body.put("time", time.toString());
    if (end) body.put("end", true);
    return body;
  }
}
