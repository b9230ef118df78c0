package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Revision.Cause;
import dev.freshet.microscopy.AgentStatus.Liveness;
import dev.freshet.microscopy.Deadlines.Date;
import dev.freshet.microscopy.InstructionLifecycle.Status;
import dev.freshet.state.Changes;
import dev.freshet.state.Precondition;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/**
 * Changes agents, sessions and instructions together with all that is kept about them: index,
 * status and what operators are told go into the same append (S1). For one thread.
 */
final class AgentLedger {
  /** The status is small, and the frontend stream shows it whole. */
  private static final WriteOptions WHOLE = WriteOptions.NONE.wholeValue();

  private final Tenant tenant;
  private final Changes changes;
  private final Vitals vitals;
  private final Instant now;
  private final List<Date> dates = new ArrayList<>();
  private final List<Deadlines.Key> settled = new ArrayList<>();

  AgentLedger(Tenant tenant, Changes changes, Vitals vitals, Instant now) {
    this.tenant = tenant;
    this.changes = changes;
    this.vitals = vitals;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /** The time as this API writes it. */
  String time() {
    return NativeRepresentation.time(now);
  }

  /** What becomes due because of the changes. */
  List<Date> dates() {
    return dates;
  }

  /** What never becomes due any more. */
  List<Deadlines.Key> settled() {
    return settled;
  }

  AgentRecords records() {
    return new AgentRecords(changes::get);
  }

  /** For what sessions belong to. */
  Finder finder() {
    return new Finder(changes::get);
  }

  /** A session at a place that the index named. */
  AgentSession session(SessionPlace place) {
    return records().session(place).orElseThrow(() -> Failures.notFound("Session"));
  }

  AgentSession openSession(SessionPlace place) {
    AgentSession session = session(place);
    if (session.open()) return session;
    throw Failures.conflict("the session is closed; create another");
  }

  Instruction instruction(Topic topic) {
    return records().instruction(topic).orElseThrow(() -> Failures.notFound("Instruction"));
  }

  /** Begins a session, which is its agent's newest, and takes the agent's status there. */
  void open(SessionPlace place, AgentSession session) {
    changes.put(place.index(), StringNode.valueOf(place.topic().path()));
    changes.put(place.topic(), Json.MAPPER.valueToTree(session));
    session
        .acquisition()
        .ifPresent(uuid -> changes.put(place.indexOfAcquisition(uuid), BooleanNode.TRUE));
    AgentStatus before = settle(place.at(), session.agentId());
    put(place.at(), before.in(session.sessionId(), session.acquisitionUuid()));
  }

  /** The status of an agent that is at a place from now on. */
  private AgentStatus settle(AgentPlace to, String agentId) {
    AgentStatus none = new AgentStatus(agentId, Liveness.OFFLINE, null, null, null, 0);
    Optional<AgentPlace> from = records().agent(to.agent());
    AgentStatus before = from.flatMap(records()::status).orElse(none);
    from.filter(place -> !place.equals(to)).ifPresent(place -> changes.delete(place.status()));
    changes.put(AgentPlace.index(to.agent()), StringNode.valueOf(to.root().path()));
    return before;
  }

  /**
   * Ends a session.
   *
   * @param open its instructions that are open, as long as the session is as it is
   * @param others sessions of its agent, the newest first
   */
  void close(SessionPlace place, List<Topic> open, List<SessionPlace> others) {
    for (Topic topic : open) {
      Instruction before = instruction(topic);
      if (before.open()) replace(place, before, before.over(Status.CANCELLED));
    }
    changes.put(place.topic(), Json.MAPPER.valueToTree(session(place).closed(time())));
    leave(place, others);
  }

  /** Turns the agent to another session, if this was its newest. */
  private void leave(SessionPlace place, List<SessionPlace> others) {
    AgentPlace agent = records().agent(place.at().agent()).orElse(place.at());
    AgentStatus status = records().status(agent).orElse(null);
    if (status == null || !place.session().equals(status.session())) return;
    Optional<AgentSession> next =
        others.stream()
            .flatMap(other -> records().session(other).stream())
            .filter(AgentSession::open)
            .findFirst();
    put(
        agent,
        status.in(
            next.map(AgentSession::sessionId).orElse(null),
            next.map(AgentSession::acquisitionUuid).orElse(null)));
  }

  /** Notes a sign of life. */
  void alive(SessionPlace place) {
    changes.put(place.topic(), Json.MAPPER.valueToTree(session(place).alive(time())));
    update(place.at().agent(), status -> status.at(time()));
  }

  /** Notes a sign of life that is a new connection. */
  void connected(SessionPlace place) {
    String agent = place.at().agent();
    changes.put(place.topic(), Json.MAPPER.valueToTree(session(place).alive(time())));
    update(agent, status -> vitals.counted(tenant, agent, status.at(time())));
  }

  /** Makes an agent's status say what is so now. */
  void review(String agent) {
    update(agent, status -> vitals.counted(tenant, agent, status));
  }

  private void update(String agent, UnaryOperator<AgentStatus> edit) {
    records()
        .agent(agent)
        .ifPresent(
            place -> records().status(place).ifPresent(status -> put(place, edit.apply(status))));
  }

  private void put(AgentPlace place, AgentStatus status) {
    AgentStatus next = vitals.at(status, now);
    changes.put(place.status(), Json.MAPPER.valueToTree(next), WHOLE);
    vitals
        .nextChange(next)
        .ifPresent(at -> dates.add(new Date(new Deadlines.Silence(tenant, place.agent()), at)));
  }

  /** Adds an instruction to a session. */
  void add(SessionPlace place, Instruction made) {
    String id = made.instructionId();
    Topic topic = place.instruction(made.key());
    changes.put(place.topic(), Json.MAPPER.valueToTree(session(place).instructed()));
    changes.put(SessionPlace.instructionIndex(id), StringNode.valueOf(topic.path()));
    changes.put(
        topic,
        Json.MAPPER.valueToTree(made),
        WriteOptions.NONE.cause(new Cause(InstructionRepresentation.CREATED, id)));
    tell(place, made);
    Optional.ofNullable(made.expiresAt())
        .map(Instant::parse)
        .ifPresent(at -> dates.add(new Date(new Deadlines.Expiry(tenant, id), at)));
  }

  /** Gives an instruction another value. */
  void replace(SessionPlace place, Instruction before, Instruction after) {
    if (after.equals(before)) return;
    if (!after.open()) settled.add(new Deadlines.Expiry(tenant, after.instructionId()));
    changes.put(place.instruction(after.key()), Json.MAPPER.valueToTree(after));
    if (!after.lifecycle().equals(before.lifecycle())) tell(place, after);
  }

  private void tell(SessionPlace place, Instruction instruction) {
    publish(
        place.at().lifecycle(),
        FrontendEvent.INSTRUCTION_LIFECYCLE,
        Json.from(instruction.lifecycle()));
  }

  void publish(Topic topic, FrontendEvent event, Json payload) {
    changes.publish(Event.of(topic, event.type(), now, payload));
  }

  /** Demands that a session, and which instructions it has, is as it was at a version. */
  void requireUnchanged(SessionPlace place, long version) {
    changes.update(
        place.topic(), same -> same, WriteOptions.NONE.precondition(Precondition.version(version)));
  }

  /** Moves a session with its instructions to another instrument, and the agent if it is there. */
  void move(SessionPlace from, String instrument, List<Topic> instructions) {
    SessionPlace to = from.at(instrument);
    boolean withAgent = leadsAgent(from);
    transfer(from.topic(), to.topic(), to.index());
    for (Topic topic : instructions) {
      Instruction instruction = instruction(topic);
      transfer(
          topic,
          to.instruction(instruction.key()),
          SessionPlace.instructionIndex(instruction.instructionId()));
    }
    if (withAgent) put(to.at(), settle(to.at(), session(to).agentId()));
  }

  /** Whether the agent is where its session is, because of it. */
  private boolean leadsAgent(SessionPlace place) {
    if (records().agent(place.at().agent()).filter(place.at()::equals).isEmpty()) return false;
    return records()
        .status(place.at())
        .map(AgentStatus::session)
        .map(session -> session.isEmpty() || session.equals(place.session()))
        .orElse(false);
  }

  private void transfer(Topic from, Topic to, Topic index) {
    JsonNode value = changes.get(from);
    changes.delete(from);
    changes.put(to, value);
    changes.put(index, StringNode.valueOf(to.path()));
  }

  /** Removes instructions, of a session that is closed. */
  void removeInstructions(List<Topic> instructions) {
    for (Topic topic : instructions) {
      records()
          .instruction(topic)
          .ifPresent(gone -> changes.delete(SessionPlace.instructionIndex(gone.instructionId())));
      changes.delete(topic);
    }
  }

  /** Removes a session that has no instructions any more. */
  void remove(SessionPlace place) {
    session(place).acquisition().ifPresent(uuid -> changes.delete(place.indexOfAcquisition(uuid)));
    changes.delete(place.index());
    changes.delete(place.topic());
  }
}
