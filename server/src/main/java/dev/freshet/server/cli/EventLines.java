package dev.freshet.server.cli;

import dev.freshet.client.Event;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.Published;
import dev.freshet.event.Json;
import dev.freshet.server.openapi.Malformed;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Events as lines of JSON. They are published in batches: as many as there are at once, up to a
 * bound, so that a pipe is fast and a slow writer's lines are not held back.
 */
final class EventLines {
  private static final int MAX_BATCH = 500;

  private final BufferedReader lines;
  private final @Nullable String key;
  private int line;
  private int batches;

  /**
   * Lines that are not read yet.
   *
   * @param key of the first batch; the next ones have a number after it
   */
  EventLines(BufferedReader lines, @Nullable String key) {
    this.lines = lines;
    this.key = key;
  }

  /**
   * Publishes all lines.
   *
   * @throws IOException at a line that is not an event; the batches before its own are published
   */
  void publish(FreshetClient client, Consumer<Published> receipts)
      throws IOException, InterruptedException {
    for (List<Event> batch = batch(); !batch.isEmpty(); batch = batch()) {
      receipts.accept(key == null ? client.publish(batch) : client.publish(batch, numbered(key)));
    }
  }

  private String numbered(String first) {
    batches++;
    return batches == 1 ? first : first + "-" + batches;
  }

  private List<Event> batch() throws IOException {
    List<Event> batch = new ArrayList<>();
    while (batch.isEmpty() || (batch.size() < MAX_BATCH && lines.ready())) {
      String text = lines.readLine();
      if (text == null) break;
      line++;
      if (!text.isBlank()) batch.add(event(text));
    }
    return batch;
  }

  private Event event(String text) throws IOException {
    JsonNode node = read(text);
    String topic = node.path("topic").stringValue(null);
    String type = node.path("type").stringValue(null);
    if (topic == null || type == null) throw wrong("needs topic and type", null);
    Event event = Event.of(topic, type, node.get("data"));
    if (node.has("time")) event = event.at(time(node.path("time").asString("")));
    return node.path("end").asBoolean(false) ? event.ending() : event;
  }

  private JsonNode read(String text) throws IOException {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw wrong(Malformed.describe(e), e);
    }
  }

  private Instant time(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw wrong("time '" + text + "' is not like 2026-01-05T10:00:00Z", e);
    }
  }

  private IOException wrong(String what, @Nullable Exception cause) {
    return new IOException("line " + line + ": " + what, cause);
  }
}
