package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.microscopy.InstructionLifecycle.AckStatus;
import dev.freshet.microscopy.InstructionLifecycle.Status;
import dev.freshet.view.NativeRepresentation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives agents instructions, and lists them. */
final class Instructions {
  /** In one session: what closes or moves it goes into one append (R1). */
  static final int MAX_COUNT = 10_000;

  private static final BigDecimal DEFAULT_MINUTES = BigDecimal.valueOf(60);
  private static final BigDecimal MILLIS = BigDecimal.valueOf(60_000);

  private final Agents agents;

  Instructions(Agents agents) {
    this.agents = agents;
  }

  Reply create(Call call) {
    SessionRequest request = new SessionRequest(call);
    Instruction made =
        agents.commit(request, ledger -> add(ledger, request, UUID.randomUUID().toString()));
    ObjectNode answer = Json.MAPPER.createObjectNode().put("instruction_id", made.instructionId());
    answer.put("status", "created").put("created_at", made.createdAt());
    return Reply.of(200, answer);
  }

  private static Instruction add(AgentLedger ledger, SessionRequest request, String id) {
    SessionPlace place = request.session(ledger.records());
    AgentSession session = ledger.session(place);
    Instruction made = made(ledger, request, session, id);
    request.requireWrite(place, place.instruction(made.key()));
    ledger.openSession(place);
    if (session.instructionCount() >= MAX_COUNT) {
      throw Failures.conflict(
          "the session has had " + MAX_COUNT + " instructions, which is the most; create another");
    }
    ledger.add(place, made);
    return made;
  }

  private static Instruction made(
      AgentLedger ledger, SessionRequest request, AgentSession session, String id) {
    JsonNode sequence = request.body().path("sequence_number");
    return new Instruction(
        id,
        session.agentId(),
        session.sessionId(),
        session.instructionCount() + 1,
        request.text("instruction_type").orElseThrow(),
        request.object("payload"),
        sequence.isNumber() ? Long.valueOf(sequence.asLong()) : null,
        request.text("priority").map(Priority::named).orElse(Priority.NORMAL),
        request.object("metadata"),
        Status.PENDING,
        ledger.time(),
        null,
        null,
        expiry(ledger, request.body().path("expires_in_minutes")),
        null,
        null,
        null,
        null,
        null,
        0);
  }

  /** Null or 0 stand for never. */
  private static @Nullable String expiry(AgentLedger ledger, JsonNode given) {
    if (given.isNull()) return null;
    BigDecimal minutes = given.isNumber() ? given.decimalValue() : DEFAULT_MINUTES;
    if (minutes.signum() == 0) return null;
    Duration life = Duration.ofMillis(Math.max(1, minutes.multiply(MILLIS).longValue()));
    return NativeRepresentation.time(ledger.now().plus(life));
  }

  /** A session's, the newest first. */
  Reply list(Call call) {
    SessionRequest request = new SessionRequest(call);
    SessionPlace place = request.session(request.records());
    request.requireRead(place);
    List<Instruction> found = readable(request, place);
    Map<AckStatus, Integer> counts = new TreeMap<>();
    for (Instruction instruction : found) {
      if (instruction.ackStatus() != null) counts.merge(instruction.ackStatus(), 1, Integer::sum);
    }
    ObjectNode answer = Json.MAPPER.createObjectNode().put("session_id", request.sessionId());
    ArrayNode list = answer.putArray("instructions");
    found.forEach(instruction -> list.add(instruction.answer()));
    answer.put("total_instructions", found.size());
    answer.set("acknowledgement_statistics", Json.MAPPER.valueToTree(counts));
    return Reply.of(200, answer);
  }

  private static List<Instruction> readable(SessionRequest request, SessionPlace place) {
    Bounded<Instruction> found = new Bounded<>("instructions");
    Agents.each(
        request.tenant().log(),
        place.instructions(),
        state -> {
          if (request.access().reads(state.topic())) found.add(Agents.of(state));
        });
    return found.all().stream()
        .sorted(Comparator.comparingLong(Instruction::number).reversed())
        .toList();
  }

  /** Takes an agent's acknowledgement. */
  Reply acknowledge(Call call) {
    SessionRequest request = new SessionRequest(call);
    Acknowledgement ack = Acknowledgement.of(request);
    Instruction after = agents.commit(request, ledger -> acknowledge(ledger, request, ack));
    ObjectNode answer = Json.MAPPER.createObjectNode().put("status", "success");
    answer.put("instruction_id", after.instructionId());
    answer.put("acknowledged_at", after.acknowledgedAt());
    answer.put("agent_id", after.agentId()).put("session_id", after.sessionId());
    return Reply.of(200, answer);
  }

  private static Instruction acknowledge(
      AgentLedger ledger, SessionRequest request, Acknowledgement ack) {
    SessionPlace place = request.sessionOfAgent(ledger.records());
    Topic topic = request.instruction(ledger.records(), place);
    request.requireWriteInstruction(topic);
    ledger.openSession(place);
    Instruction before = ledger.instruction(topic);
    requireAcknowledgeable(before, ledger);
    Instruction after = ack.apply(before, ledger.time());
    if (after.equals(before)) return before;
    ledger.replace(place, before, after);
    ledger.alive(place);
    return after;
  }

  private static void requireAcknowledgeable(Instruction instruction, AgentLedger ledger) {
    boolean expired =
        instruction.status() == Status.EXPIRED
            || (instruction.open() && instruction.due(ledger.now()));
    if (expired) throw Failures.conflict("the instruction expired at " + instruction.expiresAt());
    if (instruction.status() == Status.CANCELLED) {
      throw Failures.conflict("the instruction was cancelled with its session");
    }
  }
}
