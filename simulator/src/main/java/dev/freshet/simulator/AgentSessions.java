package dev.freshet.simulator;

import dev.freshet.client.Answer;
import dev.freshet.client.ProblemException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sessions of one agent at the server, and the instructions that are made in them. The server
 * names both, so that a lost answer is made good by looking for what was asked for.
 */
final class AgentSessions {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSessions.class);
  private static final String CREATE = "/debug/sessions/create-managed";

  private final String agent;
  private final String instrument;
  private final PatientSender sender;
  private boolean unknown;

  AgentSessions(String agent, String instrument, PatientSender sender) {
    this.agent = agent;
    this.instrument = instrument;
    this.sender = sender;
  }

  static String path(String session) {
    return "/debug/sessions/" + session + "/close";
  }

  /**
   * The session of an acquisition, made if there is none; others of this agent are closed.
   *
   * @return empty if the server knows no sessions, or the time is up
   */
  Optional<String> open(MicroscopySession acquisition) throws InterruptedException {
    if (unknown) return Optional.empty();
    try {
      Optional<String> opened = found(acquisition.uuid());
      if (opened.isEmpty()) opened = made(acquisition);
      if (opened.isPresent()) closeOthers(opened.get());
      return opened;
    } catch (ProblemException refused) {
      if (refused.status() == 401 || refused.status() == 403) throw refused;
      LOG.warn("{}: no session for the agent: {}", instrument, refused.getMessage());
      unknown = refused.status() == 404;
      return Optional.empty();
    }
  }

  private Optional<String> made(MicroscopySession acquisition) throws InterruptedException {
    ObjectNode body =
        Script.object()
            .put("agent_id", agent)
            .put("acquisition_uuid", acquisition.uuid())
            .put("instrument_id", instrument)
            .put("name", acquisition.name())
            .put("description", "Simulated acquisition at " + instrument);
    return sender
        .sendOnce(
            "POST",
            CREATE,
            body,
            answer -> answer.body().path("session_id").asString(""),
            () -> found(acquisition.uuid()))
        .filter(session -> !session.isEmpty());
  }

  private Optional<String> found(String acquisition) throws InterruptedException {
    for (JsonNode session : mine()) {
      if (session.path("acquisition_uuid").asString("").equals(acquisition)) {
        return Optional.of(session.path("session_id").asString());
      }
    }
    return Optional.empty();
  }

  private Iterable<JsonNode> mine() throws InterruptedException {
    Optional<Answer> answer = sender.send("GET", "/debug/sessions", null);
    return answer.stream()
        .flatMap(a -> a.body().path("active_sessions").valueStream())
        .filter(session -> session.path("agent_id").asString("").equals(agent))
        .filter(session -> !session.path("status").asString("").equals("closed"))
        .toList();
  }

  private void closeOthers(String mine) throws InterruptedException {
    for (JsonNode session : mine()) {
      String other = session.path("session_id").asString();
      if (!other.equals(mine)) close(other);
    }
  }

  private void close(String session) throws InterruptedException {
    try {
      sender.send("DELETE", path(session), null);
    } catch (ProblemException already) {
      LOG.debug("{}: session {} was closed already", instrument, session, already);
    }
  }

  /** Makes an instruction; one that is refused is told and left. */
  void order(String session, Order order) throws InterruptedException {
    String path = "/debug/session/" + session;
    try {
      sender.sendOnce(
          "POST",
          path + "/create-instruction",
          order.body(),
          answer -> order.id(),
          () -> ordered(path, order));
    } catch (ProblemException refused) {
      if (refused.status() == 401 || refused.status() == 403) throw refused;
      LOG.warn("{}: no instruction: {}", instrument, refused.getMessage());
    }
  }

  private Optional<String> ordered(String path, Order order) throws InterruptedException {
    return sender
        .send("GET", path + "/instructions", null)
        .filter(answer -> answer.body().findValuesAsString("request_id").contains(order.id()))
        .map(answer -> order.id());
  }
}
