package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.event.Topic;
import dev.freshet.log.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the sessions of an acquisition along to another instrument. */
final class SessionMove {
  private final Agents agents;

  SessionMove(Agents agents) {
    this.agents = agents;
  }

  /**
   * A session that moves, as it was found.
   *
   * @param version of the session's state
   */
  record Found(SessionPlace place, long version, List<Topic> instructions) {}

  /** What moves. */
  record Plan(List<Found> sessions) {
    static final Plan NONE = new Plan(List.of());
  }

  /**
   * The sessions of an acquisition that are at its instrument; those that were created at another
   * one stay there.
   *
   * @param limit how many states may move
   */
  Plan plan(Request request, Place from, Place to, int limit) {
    List<Found> sessions = new ArrayList<>();
    int size = 0;
    for (String session : SessionEnd.of(request.tenant(), from.uuid())) {
      Optional<Found> found = find(request.tenant(), session);
      if (found.filter(f -> f.place().at().instrument().equals(from.instrument())).isEmpty())
        continue;
      Topic topic = found.get().place().at(to.instrument()).topic();
      if (!request.access().writes(topic)) throw Failures.forbidden(topic);
      size += 1 + found.get().instructions().size();
      if (size > limit) throw Relocation.tooMany();
      sessions.add(found.get());
    }
    return new Plan(sessions);
  }

  private static Optional<Found> find(Tenant tenant, String session) {
    return Agents.records(tenant)
        .session(session)
        .map(place ->
            new Found(
                place,
                tenant.log().state(place.topic()).map(TopicState::version).orElse(0L),
                Agents.instructions(tenant, place, state -> true)));
  }

  /** As part of the acquisition's move. */
  void move(Tenant tenant, Ledger ledger, Plan plan, Place to) {
    AgentLedger moving = agents.ledger(tenant, ledger.changes());
    for (Found found : plan.sessions()) {
      moving.requireUnchanged(found.place(), found.version());
      moving.move(found.place(), to.instrument(), found.instructions());
    }
  }
}
