package dev.freshet.server.api;

import dev.freshet.event.Event;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.server.config.LimitsConfig;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;

/** Events as publishers write them. */
final class EventInput {
  private final LimitsConfig limits;
  private final InstantSource clock;

  EventInput(LimitsConfig limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * @param at where the body holds it, a JSON Pointer: empty where it is the body
   */
  Event read(JsonNode node, String at) {
    return event(node.path("topic").asString(), node, node.path("end").asBoolean(false), at);
  }

  /** One event of a CloudEvent (v1.0): its {@code subject} is the topic. */
  Event readCloudEvent(JsonNode node, String at) {
    if (node.has("data_base64")) {
      throw HttpProblem.invalid("body", at + "/data_base64", "is binary; send JSON in 'data'");
    }
    return event(node.path("subject").asString(), node, false, at);
  }

  private Event event(String topic, JsonNode node, boolean end, String at) {
    String type = node.path("type").asString();
    Event event = new Event(Topic.of(topic), type, time(node, at), data(node, at), end);
    if (EventTypes.reserved(type)) {
      throw HttpProblem.of(
          ErrorCode.RESERVED_TYPE,
          "type '" + type + "' of " + name(at) + " is the protocol's own; choose another");
    }
    return event;
  }

  private Json data(JsonNode node, String at) {
    JsonNode data = node.path("data");
    if (data.isMissingNode()) return Json.NULL;
    if (Depth.tooDeep(data)) {
      throw HttpProblem.invalid(
          "body", at + "/data", "is nested deeper than " + Depth.MAX + " levels; make it flatter");
    }
    Json json = Json.of(data);
    long limit = limits.event().bytes();
    if (json.length() > limit) {
      throw HttpProblem.of(
              ErrorCode.EVENT_TOO_LARGE,
              name(at)
                  + " has "
                  + json.length()
                  + " bytes of data; at most "
                  + limit
                  + " are taken (limits.event); put large content elsewhere and publish a link to it")
          .bound(limit, json.length());
    }
    return json;
  }

  private static String name(String at) {
    return at.isEmpty() ? "the event" : "event " + at.substring(1);
  }

  private Instant time(JsonNode node, String at) {
    String text = node.path("time").asString("");
    if (text.isEmpty()) return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (text.length() > 40 || time.isBefore(Instant.EPOCH)) throw new DateTimeException(text);
      return time.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw HttpProblem.invalid(
          "body", at + "/time", "is not a time since 1970 such as 2026-01-05T10:00:00.000Z");
    }
  }
}
