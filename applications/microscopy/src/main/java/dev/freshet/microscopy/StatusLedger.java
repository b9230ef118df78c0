package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.event.Json;
import dev.freshet.microscopy.AgentStatus.Liveness;
import dev.freshet.microscopy.Deadlines.Date;
import dev.freshet.state.Changes;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.StringNode;

/** Changes the statuses of agents, as part of an {@link AgentLedger}. For one thread. */
final class StatusLedger {
  /** The status is small, and the frontend stream shows it whole. */
  private static final WriteOptions WHOLE = WriteOptions.NONE.wholeValue();

  private final Tenant tenant;
  private final Changes changes;
  private final AgentRecords records;
  private final Vitals vitals;
  private final Instant now;
  private final List<Date> dates;

  /**
   * @param dates takes what becomes due because of the changes
   */
  StatusLedger(Tenant tenant, Changes changes, Vitals vitals, Instant now, List<Date> dates) {
    this.tenant = tenant;
    this.changes = changes;
    this.records = new AgentRecords(changes::get);
    this.vitals = vitals;
    this.now = now;
    this.dates = dates;
  }

  /** Takes the status of an agent to its newest session. */
  void enter(AgentPlace place, AgentSession session) {
    AgentStatus before = settle(place, session.agentId());
    put(place, before.in(session.sessionId(), session.acquisitionUuid()));
  }

  /** Takes the status of an agent to another instrument. */
  void move(AgentPlace to, String agentId) {
    put(to, settle(to, agentId));
  }

  /** The status of an agent that is at a place from now on. */
  private AgentStatus settle(AgentPlace to, String agentId) {
    AgentStatus none = new AgentStatus(agentId, Liveness.OFFLINE, null, null, null, 0);
    Optional<AgentPlace> from = records.agent(to.agent());
    AgentStatus before = from.flatMap(records::status).orElse(none);
    from.filter(place -> !place.equals(to)).ifPresent(place -> changes.delete(place.status()));
    changes.put(AgentPlace.index(to.agent()), StringNode.valueOf(to.root().path()));
    return before;
  }

  /**
   * Turns an agent to another session, if the one that is closed was its newest.
   *
   * @param others sessions of the agent, the newest first
   */
  void leave(SessionPlace closed, List<SessionPlace> others) {
    update(
        closed.at().agent(),
        status -> {
          if (!closed.session().equals(status.session())) return status;
          Optional<AgentSession> next =
              others.stream()
                  .flatMap(other -> records.session(other).stream())
                  .filter(AgentSession::open)
                  .findFirst();
          return status.in(
              next.map(AgentSession::sessionId).orElse(null),
              next.map(AgentSession::acquisitionUuid).orElse(null));
        });
  }

  /** Notes a sign of life. */
  void alive(String agent) {
    update(agent, status -> status.at(NativeRepresentation.time(now)));
  }

  /** Makes it say what is so now, connections included. */
  void review(String agent) {
    update(agent, status -> vitals.counted(tenant, agent, status));
  }

  /** Notes a sign of life that is a new connection. */
  void connected(String agent) {
    String time = NativeRepresentation.time(now);
    update(agent, status -> vitals.counted(tenant, agent, status.at(time)));
  }

  private void update(String agent, UnaryOperator<AgentStatus> edit) {
    records
        .agent(agent)
        .ifPresent(
            place -> records.status(place).ifPresent(status -> put(place, edit.apply(status))));
  }

  private void put(AgentPlace place, AgentStatus status) {
    AgentStatus next = vitals.at(status, now);
    changes.put(place.status(), Json.MAPPER.valueToTree(next), WHOLE);
    vitals
        .nextChange(next)
        .ifPresent(at -> dates.add(new Date(new Deadlines.Silence(tenant, place.agent()), at)));
  }

  /** Whether an agent is where a session of its is, because of that session. */
  boolean follows(SessionPlace place) {
    if (records.agent(place.at().agent()).filter(place.at()::equals).isEmpty()) return false;
    return records
        .status(place.at())
        .map(AgentStatus::session)
        .map(session -> session.isEmpty() || session.equals(place.session()))
        .orElse(false);
  }
}
