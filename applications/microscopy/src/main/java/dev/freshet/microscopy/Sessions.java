package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Creates, lists and closes the sessions of agents. */
final class Sessions {
  /** How the SmartEM server names its own part that does this. */
  private static final String VIA = "connection_manager";

  private final Agents agents;
  private final Gates gates;
  private final SessionEnd end;

  Sessions(Agents agents, Gates gates, SessionEnd end) {
    this.agents = agents;
    this.gates = gates;
    this.end = end;
  }

  Reply createManaged(Call call) {
    AgentSession session = create(call, newId());
    ObjectNode answer = Json.MAPPER.createObjectNode().put("session_id", session.sessionId());
    answer.put("status", "created").put("created_via", VIA);
    return Reply.of(200, answer.put("timestamp", session.createdAt()));
  }

  /** The caller may name the session. */
  Reply create(Call call) {
    AgentSession session =
        create(call, new SessionRequest(call).text("session_id").orElseGet(Sessions::newId));
    ObjectNode answer = Json.MAPPER.createObjectNode().put("session_id", session.sessionId());
    answer.put("agent_id", session.agentId()).put("status", "created");
    return Reply.of(200, answer.put("created_at", session.createdAt()));
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  /** An acquisition that is being moved or deleted takes its sessions along; so it stays there. */
  private AgentSession create(Call call, String id) {
    SessionOpening opening = new SessionOpening(new SessionRequest(call), id);
    Optional<Place> acquisition =
        opening
            .acquisition()
            .map(uuid -> new Request(call).entities().finder().require(Kind.ACQUISITION, uuid));
    if (acquisition.isEmpty()) return agents.commit(call.tenant(), opening);
    return gates.shared(
        call.tenant(), acquisition.get(), () -> agents.commit(call.tenant(), opening));
  }

  /** The readable ones that are open, the newest first. */
  Reply list(Call call) {
    List<AgentSession> open = open(call);
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.putArray("active_sessions").addAll(open.stream().map(AgentSession::answer).toList());
    return Reply.of(200, answer.put("total_count", open.size()));
  }

  /** The open sessions that a caller may read, the newest first. */
  static List<AgentSession> open(Call call) {
    Bounded<AgentSession> open = new Bounded<>("open sessions");
    Access access = new Access(call.principal());
    Agents.each(
        call.tenant().log(),
        SessionPlace.ALL,
        state -> {
          if (!access.reads(state.topic())) return;
          AgentSession session = SessionEnd.of(state);
          if (session.open()) open.add(session);
        });
    return open.all().stream()
        .sorted(Comparator.comparing(AgentSession::createdAt).reversed())
        .toList();
  }

  /** Closing again is answered as the first time. */
  Reply close(Call call) {
    SessionRequest request = new SessionRequest(call);
    Tenant tenant = call.tenant();
    SessionPlace place = request.session(request.records());
    request.requireWrite(place, place.topic());
    AgentSession closed = end.close(tenant, place.session());
    ObjectNode answer = Json.MAPPER.createObjectNode().put("session_id", closed.sessionId());
    answer.put("status", "closed").put("closed_via", VIA);
    return Reply.of(200, answer.put("timestamp", closed.closedAt()));
  }
}
