package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes what agents say of themselves: that they are there, and what they log. */
final class AgentReports {
  private final Agents agents;
  private final int maxLines;

  /**
   * @param maxLines in one request
   */
  AgentReports(Agents agents, int maxLines) {
    this.agents = agents;
    this.maxLines = maxLines;
  }

  Reply heartbeat(Call call) {
    SessionRequest request = new SessionRequest(call);
    String time =
        agents.commit(
            request,
            ledger -> {
              SessionPlace place = request.sessionOfAgent(ledger.records());
              request.requireWrite(place, place.at().status());
              AgentSession unused = ledger.openSession(place);
              ledger.alive(place);
              return ledger.time();
            });
    ObjectNode answer = Json.MAPPER.createObjectNode().put("status", "success");
    answer.put("agent_id", request.agentId()).put("session_id", request.sessionId());
    answer.put("heartbeat_timestamp", time);
    return Reply.of(200, answer.put("connection_id", connection(request)));
  }

  private @Nullable String connection(SessionRequest request) {
    return Segment.of(request.sessionId())
        .flatMap(session -> agents.connections().newest(request.tenant(), session))
        .orElse(null);
  }

  /** All lines, or none. */
  Reply logs(Call call) {
    SessionRequest request = new SessionRequest(call);
    JsonNode lines = request.body().path("logs");
    if (lines.size() > maxLines) {
      throw Failures.invalid(
          "body",
          "/logs",
          "has " + lines.size() + " lines; at most " + maxLines + " in one request, send several");
    }
    List<Json> payloads = payloads(request, lines);
    agents.commit(
        request,
        ledger -> {
          SessionPlace place = request.sessionOfAgent(ledger.records());
          request.requireWrite(place, place.at().log());
          AgentSession unused = ledger.openSession(place);
          for (Json payload : payloads)
            ledger.publish(place.at().log(), FrontendEvent.AGENT_LOG, payload);
          ledger.alive(place);
          return payloads;
        });
    return Reply.of(200, Json.MAPPER.createObjectNode().put("stored", payloads.size()));
  }

  /** {@link AgentLog} without its id, which is the event's place in the log. */
  private static List<Json> payloads(SessionRequest request, JsonNode lines) {
    List<Json> payloads = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      ObjectNode payload = Json.MAPPER.createObjectNode().put("agent_id", request.agentId());
      payload.put("session_id", request.sessionId());
      payload.put("timestamp", time(line.path("timestamp").asString(), i));
      for (String member : List.of("level", "logger_name", "message"))
        payload.put(member, Text.encodable(line.path(member).asString()));
      payloads.add(Json.of(payload));
    }
    return payloads;
  }

  private static String time(String text, int index) {
    return Timestamps.withZone(text)
        .orElseThrow(() -> Failures.notATime("/logs/" + index + "/timestamp", text));
  }
}
