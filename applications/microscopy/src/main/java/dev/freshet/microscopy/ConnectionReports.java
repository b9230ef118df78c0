package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.TopicState;
import dev.freshet.microscopy.Connections.Connection;
import dev.freshet.microscopy.InstructionLifecycle.Status;
import dev.freshet.view.NativeRepresentation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells of the instruction streams that are open, as far as the caller may read (A1). */
final class ConnectionReports {
  private final Agents agents;

  ConnectionReports(Agents agents) {
    this.agents = agents;
  }

  Reply connections(Call call) {
    List<Connection> readable = readable(call);
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode list = answer.putArray("active_connections");
    readable.forEach(connection -> describe(list.addObject(), connection));
    return Reply.of(200, answer.put("total_count", readable.size()));
  }

  private List<Connection> readable(Call call) {
    Access access = new Access(call.principal());
    Bounded<Connection> readable = new Bounded<>("connections");
    for (Connection connection : agents.connections().all(call.tenant())) {
      Optional<SessionPlace> place = records(connection).session(connection.session());
      if (place.map(SessionPlace::topic).filter(access::reads).isPresent())
        readable.add(connection);
    }
    return readable.all();
  }

  private static AgentRecords records(Connection connection) {
    return Agents.records(connection.tenant());
  }

  private static void describe(ObjectNode answer, Connection connection) {
    AgentRecords records = records(connection);
    Optional<AgentSession> session =
        records.session(connection.session()).flatMap(records::session);
    String heartbeat =
        records
            .agent(connection.agent())
            .flatMap(records::status)
            .map(AgentStatus::lastHeartbeatAt)
            .orElse(null);
    answer.put("connection_id", connection.stream().id());
    answer.put("agent_id", session.map(AgentSession::agentId).orElse(connection.agent()));
    answer.put("session_id", session.map(AgentSession::sessionId).orElse(connection.session()));
    answer.put("connection_type", "sse").put("status", "active");
    answer.put("created_at", NativeRepresentation.time(connection.stream().since()));
    answer.put("last_heartbeat_at", heartbeat);
    answer
        .putObject("client_info")
        .put("remote_address", connection.stream().remoteAddress())
        .put("resumed", connection.stream().resumed());
  }

  Reply statistics(Call call) {
    Map<Status, Integer> counts = counts(call);
    int pending = counts.getOrDefault(Status.PENDING, 0);
    int sent = counts.getOrDefault(Status.SENT, 0);
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("active_connections", readable(call).size());
    answer.put("active_sessions", Sessions.open(call).size());
    answer.put("pending_instructions", pending).put("sent_instructions", sent);
    answer.put("total_instructions_pending", pending + sent);
    answer.put("timestamp", NativeRepresentation.time(call.tenant().clock().instant()));
    return Reply.of(200, answer);
  }

  private static Map<Status, Integer> counts(Call call) {
    Access access = new Access(call.principal());
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    Agents.each(
        call.tenant().log(),
        SessionPlace.INSTRUCTIONS,
        state -> {
          if (readable(access, state)) counts.merge(Agents.of(state).status(), 1, Integer::sum);
        });
    return counts;
  }

  private static boolean readable(Access access, TopicState state) {
    Topic topic = state.topic();
    return access.reads(topic);
  }
}
