package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Revision.Cause;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/**
 * Changes agents, sessions and instructions together with all that is kept about them: index,
 * status and what operators are told go into the same append (S1). For one thread.
 */
final class AgentLedger {
  private final Tenant tenant;
  private final Changes changes;
  private final Instant now;
  private final StatusLedger statuses;
  private final List<Date> dates = new ArrayList<>();
  private final List<Deadlines.Key> settled = new ArrayList<>();

  AgentLedger(Tenant tenant, Changes changes, Vitals vitals, Instant now) {
    this.tenant = tenant;
    this.changes = changes;
    this.now = now;
    this.statuses = new StatusLedger(tenant, changes, vitals, now, dates);
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
    statuses.enter(place.at(), session);
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
    statuses.leave(place, others);
  }

  /** Notes a sign of life. */
  void alive(SessionPlace place) {
    touch(place);
    statuses.alive(place.at().agent());
  }

  /** Notes a sign of life that is a new connection. */
  void connected(SessionPlace place) {
    touch(place);
    statuses.connected(place.at().agent());
  }

  private void touch(SessionPlace place) {
    changes.put(place.topic(), Json.MAPPER.valueToTree(session(place).alive(time())));
  }

  /** Makes an agent's status say what is so now. */
  void review(String agent) {
    statuses.review(agent);
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
    boolean withAgent = statuses.follows(from);
    transfer(from.topic(), to.topic(), to.index());
    for (Topic topic : instructions) {
      Instruction instruction = instruction(topic);
      transfer(
          topic,
          to.instruction(instruction.key()),
          SessionPlace.instructionIndex(instruction.instructionId()));
    }
    if (withAgent) statuses.move(to.at(), session(to).agentId());
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
