package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.application.Call;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A call about an agent's session. */
record SessionRequest(Call call) {
  private static final String SESSION = "Session";
  private static final String INSTRUCTION = "Instruction";

  Tenant tenant() {
    return call.tenant();
  }

  Access access() {
    return new Access(call.principal());
  }

  /** What is kept now. */
  AgentRecords records() {
    return Agents.records(call.tenant());
  }

  /** The body, which the OpenAPI description requires. */
  JsonNode body() {
    return call.body().orElseThrow();
  }

  /** A member of the body; empty if it is null, or not there. */
  Optional<String> text(String member) {
    return body().path(member).asStringOpt();
  }

  /** A member that is an object, by default without members. */
  JsonNode object(String member) {
    JsonNode given = body().path(member);
    return given.isObject() ? given : Json.MAPPER.createObjectNode();
  }

  String sessionId() {
    return call.pathParameter("session_id");
  }

  String agentId() {
    return call.pathParameter("agent_id");
  }

  /** The session that the path names, whoever asks. */
  SessionPlace session(AgentRecords records) {
    return Segment.of(sessionId())
        .flatMap(records::session)
        .orElseThrow(() -> Failures.notFound(SESSION));
  }

  /** The session that the path names, which must be one of the agent that it names. */
  SessionPlace sessionOfAgent(AgentRecords records) {
    SessionPlace place = session(records);
    if (Segment.of(agentId()).filter(place.at().agent()::equals).isPresent()) return place;
    throw Failures.notFound(SESSION);
  }

  /** The instruction that the path names, of a session. */
  Topic instruction(AgentRecords records, SessionPlace session) {
    return Segment.of(call.pathParameter("instruction_id"))
        .flatMap(records::instruction)
        .filter(topic -> SessionPlace.ofInstruction(topic).equals(session))
        .orElseThrow(() -> Failures.notFound(INSTRUCTION));
  }

  void requireRead(SessionPlace session) {
    if (!access().reads(session.topic())) throw Failures.notFound(SESSION);
  }

  /** Writing a topic of a session's that the caller can't see is as if it were not there. */
  void requireWrite(SessionPlace session, Topic topic) {
    access().requireWrite(topic, session.topic(), SESSION);
  }

  void requireWriteInstruction(Topic topic) {
    access().requireWrite(topic, topic, INSTRUCTION);
  }
}
