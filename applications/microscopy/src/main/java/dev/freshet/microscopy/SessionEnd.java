package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.event.Topic;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Ends sessions: with their instructions, and their streams. */
final class SessionEnd {
  private static final int CHUNK = 500;

  private final Agents agents;
  private final Gates gates;

  SessionEnd(Agents agents, Gates gates) {
    this.agents = agents;
    this.gates = gates;
  }

  /**
   * Closes a session, if it is not closed, and ends its streams.
   *
   * @param session a segment
   */
  AgentSession close(Tenant tenant, String session) {
    AgentSession closed =
        gates.alone(tenant, Agents.gate(tenant, session), () -> attempt(tenant, session));
    agents.connections().end(tenant, session);
    return closed;
  }

  private AgentSession attempt(Tenant tenant, String session) {
    AgentRecords records = Agents.records(tenant);
    SessionPlace place = records.session(session).orElseThrow(() -> Failures.notFound("Session"));
    Optional<TopicState> seen = tenant.log().state(place.topic());
    List<Topic> open = Agents.instructions(tenant, place, Agents::open);
    List<SessionPlace> others = others(tenant, place);
    return agents.commit(
        tenant,
        ledger -> {
          AgentSession before = ledger.session(place);
          if (!before.open()) return before;
          ledger.requireUnchanged(place, seen.map(TopicState::version).orElse(0L));
          ledger.close(place, open, others);
          return ledger.session(place);
        });
  }

  /** The other open sessions of the agent, the newest first. */
  private static List<SessionPlace> others(Tenant tenant, SessionPlace place) {
    List<TopicState> others = new ArrayList<>();
    Agents.each(
        tenant.log(),
        AgentPlace.sessions(place.at().agent()),
        state -> {
          if (!state.topic().equals(place.topic()) && of(state).open()) others.add(state);
        });
    return others.stream()
        .sorted(Comparator.comparing((TopicState state) -> of(state).createdAt()).reversed())
        .map(state -> SessionPlace.of(state.topic()))
        .toList();
  }

  /**
   * Closes and removes all sessions of an acquisition, a bounded part in each append. Going on
   * after a crash is doing it again.
   *
   * @param acquisition a segment
   */
  void removeAll(Tenant tenant, String acquisition) {
    for (String session : of(tenant, acquisition)) remove(tenant, session);
  }

  /** The sessions of an acquisition, as segments. */
  static List<String> of(Tenant tenant, String acquisition) {
    List<String> sessions = new ArrayList<>();
    Agents.each(
        tenant.log(),
        SessionPlace.indexOf(acquisition),
        entry -> sessions.add(entry.topic().segments().getLast()));
    return sessions;
  }

  private void remove(Tenant tenant, String session) {
    AgentSession unused = close(tenant, session);
    SessionPlace place = Agents.records(tenant).session(session).orElseThrow();
    List<Topic> part = part(tenant, place);
    while (!part.isEmpty()) {
      List<Topic> gone = part;
      agents.commit(
          tenant,
          ledger -> {
            ledger.removeInstructions(gone);
            return gone;
          });
      part = part(tenant, place);
    }
    agents.commit(
        tenant,
        ledger -> {
          ledger.remove(place);
          return place;
        });
  }

  private static List<Topic> part(Tenant tenant, SessionPlace place) {
    List<Topic> part = new ArrayList<>();
    try (StateCut cut = tenant.log().states(List.of(place.instructions()))) {
      while (part.size() < CHUNK && cut.hasNext()) part.add(cut.next().topic());
    }
    return part;
  }

  /** The session that a state is. */
  static AgentSession of(TopicState state) {
    return Objects.requireNonNull(state.value()).as(AgentSession.class);
  }
}
