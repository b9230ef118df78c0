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
   * @param index of the event in its batch, for the message
   */
  Event read(JsonNode node, int index) {
    return event(node.path("topic").asString(), node, node.path("end").asBoolean(false), index);
  }

  /** One event of a CloudEvent (v1.0): its {@code subject} is the topic. */
  Event readCloudEvent(JsonNode node, int index) {
    if (node.has("data_base64")) {
      throw HttpProblem.invalid(
          "body", "/" + index + "/data_base64", "is binary; send JSON in 'data'");
    }
    return event(node.path("subject").asString(), node, false, index);
  }

  private Event event(String topic, JsonNode node, boolean end, int index) {
    String type = node.path("type").asString();
    Event event = new Event(Topic.of(topic), type, time(node, index), data(node, index), end);
    if (EventTypes.reserved(type)) {
      throw HttpProblem.of(
          ErrorCode.RESERVED_TYPE,
          "type '" + type + "' is the protocol's own (event " + index + "); choose another");
    }
    return event;
  }

  private Json data(JsonNode node, int index) {
    JsonNode data = node.path("data");
    if (data.isMissingNode()) return Json.NULL;
    if (Depth.tooDeep(data)) {
      throw HttpProblem.invalid(
          "body",
          "/" + index + "/data",
          "is nested deeper than " + Depth.MAX + " levels; make it flatter");
    }
    Json json = Json.of(data);
    long limit = limits.event().bytes();
    if (json.length() > limit) {
      throw HttpProblem.of(
              ErrorCode.EVENT_TOO_LARGE,
              "event "
                  + index
                  + " has "
                  + json.length()
                  + " bytes of data; at most "
                  + limit
                  + " are taken (limits.event); put large content elsewhere and publish a link to it")
          .bound(limit, json.length());
    }
    return json;
  }

  private Instant time(JsonNode node, int index) {
    String text = node.path("time").asString("");
    if (text.isEmpty()) return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (text.length() > 40 || time.isBefore(Instant.EPOCH)) throw new DateTimeException(text);
      return time.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw HttpProblem.invalid(
          "body",
          "/" + index + "/time",
          "is not a time since 1970 such as 2026-01-05T10:00:00.000Z");
    }
  }
}
