package dev.freshet.server.api;

import dev.freshet.event.Event;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.server.config.LimitsConfig;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The four bodies of PROTOCOL §4 as one batch. */
final class BatchInput {
  private static final String CLOUD_EVENT = "application/cloudevents+json";
  private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

  private final LimitsConfig limits;
  private final EventInput events;

  BatchInput(LimitsConfig limits, InstantSource clock) {
    this.limits = limits;
    this.events = new EventInput(limits, clock);
  }

  Batch read(Request request) {
    JsonNode body = request.body();
    boolean cloud =
        request.mediaType().equals(CLOUD_EVENT) || request.mediaType().equals(CLOUD_EVENTS);
    List<JsonNode> nodes = body.isArray() ? List.copyOf(body.values()) : List.of(body);
    checkCount(nodes.size());
    List<Entry> entries = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      String at = body.isArray() ? "/" + i : "";
      JsonNode node = nodes.get(i);
      Event event = cloud ? events.readCloudEvent(node, at) : events.read(node, at);
      entries.add(Entry.of(event));
    }
    return new Batch(
        entries,
        IdempotencyKeys.of(request, cloud ? Optional.of(nodes.getFirst()) : Optional.empty()));
  }

  private void checkCount(int count) {
    if (count == 0) throw HttpProblem.invalid("body", "", "has no event; send at least one");
    if (count > limits.batch()) {
      throw HttpProblem.of(
              ErrorCode.BATCH_TOO_LARGE,
              count
                  + " events in one batch; at most "
                  + limits.batch()
                  + " are taken (limits.batch); send several")
          .bound(limits.batch(), count);
    }
  }
}
