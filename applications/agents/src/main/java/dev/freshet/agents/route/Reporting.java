package dev.freshet.agents.route;

import dev.freshet.agents.AgentSink;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.EventOrderException;
import dev.freshet.agents.event.EventType;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.run.RunException;
import dev.freshet.agents.run.RunTopics;
import dev.freshet.agents.run.RunWriter;
import dev.freshet.agents.run.Runs;
import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /api/agent/executions/{execution_id}/events}: what an agent elsewhere tells. */
final class Reporting {
  private static final String TIMESTAMP = "timestamp";
  private static final String OPEN = "open";
  private static final String NO_TIME = "is not from 1970 to 9999";
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");
  private static final Set<EventType> NAMING_OPEN =
      Set.of(
          EventType.APPROVAL_REQUESTED, EventType.EXECUTION_ERROR, EventType.EXECUTION_CANCELLED);

  private final Runs runs;

  Reporting(Runs runs) {
    this.runs = runs;
  }

  /** An event as it was sent. */
  private record Told(EventType type, ObjectNode data) {}

  Reply report(Call call) {
    RunTopics topics = new Access(call).writable();
    JsonNode body = call.body().orElseThrow();
    long after = body.path("after").asLong(-1);
    List<Told> events = events(body.path("events"));
    RunWriter writer = runs.writer(call.tenant(), topics).orElseThrow(Failures::notFound);
    AtomicInteger at = new AtomicInteger();
    try {
      long sequence = writer.append(run -> makings(run, after, events, at));
      return Reply.of(200, Json.MAPPER.createObjectNode().put("sequence", sequence));
    } catch (RunEndedException ended) {
      throw Failures.finished(ended.status());
    } catch (EventOrderException refused) {
      throw Failures.order(refused, at.get() - 1);
    } catch (RunException refused) {
      throw Failures.of(refused);
    }
  }

  private static List<Told> events(JsonNode array) {
    List<Told> events = new ArrayList<>();
    for (JsonNode each : array) {
      EventType type = EventType.named(each.path("type").asString("")).orElse(null);
      if (type == null || type == EventType.EXECUTION_STARTED)
        throw wrong(events.size(), "/type", "is not a type of event that an agent reports");
      events.add(new Told(type, (ObjectNode) each.path("data")));
    }
    return events;
  }

  private static RuntimeException wrong(int index, String where, String detail) {
    return Failures.invalid("body", "/events/" + index + where, detail);
  }

  private static List<AgentSink.Making> makings(
      Reduction run, long after, List<Told> events, AtomicInteger at) {
    if (!external(run)) throw Failures.invalid("path", "execution_id", "is not an external run");
    if (run.sequence() != after) throw Failures.sequence(after, run.sequence());
    return events.stream()
        .<AgentSink.Making>map(told -> (now, time) -> event(now, time, told, at.getAndIncrement()))
        .toList();
  }

  private static boolean external(Reduction run) {
    AgentEvent.ExecutionStarted started = run.started();
    return started != null && started.external();
  }

  private static AgentEvent event(Reduction run, Instant now, Told told, int index) {
    ObjectNode data = told.data();
    if (!data.hasNonNull(TIMESTAMP)) data.put(TIMESTAMP, now.toString());
    if (NAMING_OPEN.contains(told.type()) && !data.hasNonNull(OPEN))
      data.set(OPEN, Json.MAPPER.valueToTree(run.open()));
    try {
      AgentEvent event = told.type().read(data);
      Members.missing((Record) event)
          .ifPresent(member -> {
            throw wrong(index, "/data" + member, "is missing");
          });
      if (!known(event.timestamp())) throw wrong(index, "/data/" + TIMESTAMP, NO_TIME);
      if (event instanceof AgentEvent.ApprovalRequested asked
          && asked.expiresAt() != null
          && !known(asked.expiresAt())) throw wrong(index, "/data/expiresAt", NO_TIME);
      return event;
    } catch (JacksonException wrong) {
      throw wrong(index, "/data", message(wrong));
    }
  }

  /** Whether everybody who reads runs can write this time. */
  private static boolean known(Instant time) {
    return !time.isBefore(Instant.EPOCH) && time.isBefore(YEAR_10000);
  }

  private static String message(JacksonException wrong) {
    String where = wrong.getPathReference();
    String path = where == null ? "" : where.replaceAll("[^\\[]*\\[\"([^\"]*)\"\\]", "/$1");
    return "is not what the event has" + (path.isEmpty() ? "" : ": look at '" + path + "'");
  }
}
