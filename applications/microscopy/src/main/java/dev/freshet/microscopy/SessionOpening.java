package dev.freshet.microscopy;

import dev.freshet.event.Topic;
import java.util.Optional;
import java.util.function.Function;

/**
 * A new session, and where it belongs: at the instrument that it names, else at its acquisition's,
 * else where its agent was. Looked up again at every attempt.
 *
 * @param id of the session
 */
record SessionOpening(SessionRequest request, String id)
    implements Function<AgentLedger, AgentSession> {
  private static final String AGENT = "agent_id";

  /** The uuid of the acquisition that it is for. */
  Optional<String> acquisition() {
    return request.text("acquisition_uuid").filter(uuid -> !uuid.isEmpty());
  }

  @Override
  public AgentSession apply(AgentLedger ledger) {
    String agentId = request.text(AGENT).orElse("");
    String agent = Place.segment(agentId, AGENT);
    Optional<AgentPlace> from = ledger.records().agent(agent);
    SessionPlace place =
        new AgentPlace(instrument(ledger, from), agent).session(Place.segment(id, "session_id"));
    requireWrite(place, from);
    if (ledger.records().session(place.session()).isPresent()) throw Failures.exists("Session");
    AgentSession session =
        AgentSession.created(id, agentId, acquisition().orElse(null), request, ledger.time());
    ledger.open(place, session);
    return session;
  }

  private String instrument(AgentLedger ledger, Optional<AgentPlace> from) {
    Optional<Place> acquisition = acquisition().map(uuid -> visible(ledger, uuid));
    Optional<String> named = request.text("instrument_id").filter(name -> !name.isEmpty());
    return named
        .map(name -> Place.segment(name, "instrument_id"))
        .or(() -> acquisition.map(Place::instrument))
        .or(() -> from.filter(place -> sees(place.status())).map(AgentPlace::instrument))
        .orElse(Place.UNKNOWN_INSTRUMENT);
  }

  private Place visible(AgentLedger ledger, String uuid) {
    Place place = ledger.finder().require(Kind.ACQUISITION, uuid);
    if (sees(place.topic())) return place;
    throw Failures.notFound(Kind.ACQUISITION);
  }

  private boolean sees(Topic topic) {
    return request.access().reads(topic) || request.access().writes(topic);
  }

  /** An agent is not taken from an instrument by who has no say there. */
  private void requireWrite(SessionPlace place, Optional<AgentPlace> from) {
    if (!request.access().writes(place.topic())) throw Failures.forbidden(place.topic());
    boolean elsewhere = from.filter(agent -> !agent.equals(place.at())).isPresent();
    if (!elsewhere || request.access().writes(from.get().status())) return;
    throw Failures.conflict(
        "the agent is at an instrument whose agents the write grant does not cover");
  }
}
