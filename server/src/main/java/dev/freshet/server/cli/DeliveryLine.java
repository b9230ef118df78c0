package dev.freshet.server.cli;

import dev.freshet.client.Cause;
import dev.freshet.client.Delivery;
import dev.freshet.client.Event;
import dev.freshet.event.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A delivery as a line.
 *
 * @param note whether it tells of the connection, not of the log
 * @param json the same for programs
 */
record DeliveryLine(boolean note, String text, JsonNode json) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  static DeliveryLine of(Delivery delivery) {
    return switch (delivery) {
      case Delivery.EventReceived received -> event(received.position(), received.event());
      case Delivery.PayloadReceived received -> payload(received);
      case Delivery.StateChanged changed -> changed(changed);
      case Delivery.StateRemoved removed -> removed(removed);
      case Delivery.Opened opened -> note(opened.resumed() ? "resumed" : "open");
      case Delivery.Live live -> note("live from " + live.position());
      case Delivery.Reset reset -> note("reset, " + reset.reason() + ": the states follow");
      case Delivery.Retrying retrying ->
          note(retrying.why() + "; again in " + retrying.delay().toMillis() + " ms");
      case Delivery.Ended ended -> note("ended, " + ended.reason());
    };
  }

  private static DeliveryLine note(String text) {
    return new DeliveryLine(true, "# " + text, Json.MAPPER.nullNode());
  }

  private static DeliveryLine event(@Nullable String position, Event event) {
    ObjectNode json = json(event.topic(), event.time());
    json.put("type", event.type()).put("position", position).set("data", event.data());
    if (event.end()) json.put("end", true);
    return line(event.time(), event.topic(), event.type() + "  " + event.data(), json);
  }

  private static DeliveryLine payload(Delivery.PayloadReceived received) {
    ObjectNode json = Json.MAPPER.createObjectNode().put("type", received.type());
    json.put("position", received.position()).set("data", received.payload());
    return line(null, received.type(), received.payload().toString(), json);
  }

  private static DeliveryLine changed(Delivery.StateChanged changed) {
    ObjectNode json = json(changed.topic(), changed.time());
    json.put("version", changed.version()).set("value", changed.value());
    Cause cause = changed.cause();
    if (cause != null) json.putObject("cause").put("type", cause.type()).put("id", cause.id());
    if (changed.end()) json.put("end", true);
    String version = "v" + changed.version() + "  " + changed.value();
    return line(changed.time(), changed.topic(), version, json);
  }

  private static DeliveryLine removed(Delivery.StateRemoved removed) {
    ObjectNode json = json(removed.topic(), removed.time());
    json.put("version", removed.version()).put("removed", true);
    return line(removed.time(), removed.topic(), "v" + removed.version() + "  removed", json);
  }

  private static ObjectNode json(String topic, @Nullable Instant time) {
    ObjectNode json = Json.MAPPER.createObjectNode().put("topic", topic);
    return time == null ? json : json.put("time", time.toString());
  }

  private static DeliveryLine line(
      @Nullable Instant time, String topic, String rest, JsonNode json) {
    String at = time == null ? "--:--:--.---" : TIME.format(time);
    return new DeliveryLine(false, at + "  " + topic + "  " + rest, json);
  }
}
