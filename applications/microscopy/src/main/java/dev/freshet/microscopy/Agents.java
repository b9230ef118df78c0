package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.EventLog;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import dev.freshet.microscopy.Deadlines.Date;
import dev.freshet.microscopy.InstructionLifecycle.Status;
import dev.freshet.state.Changes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The agents of all tenants: what is kept of them in the logs, with what lives in this process
 * only, their connections and deadlines. Thread-safe.
 */
final class Agents {
  private static final int MAX_EXPIRED = 200;

  private final Connections connections = new Connections();
  private final Deadlines deadlines = new Deadlines();
  private final Vitals vitals;
  private final Gates gates;

  Agents(Microscopy.Settings settings, Gates gates) {
    this.vitals = new Vitals(settings, connections);
    this.gates = gates;
  }

  Connections connections() {
    return connections;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /** Appends what the work does through a ledger as one, and answers what the work does. */
  <T> T commit(Tenant tenant, Function<AgentLedger, T> work) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    AtomicReference<@Nullable AgentLedger> last = new AtomicReference<>();
    tenant
        .states()
        .commit(changes -> {
          AgentLedger ledger = ledger(tenant, changes);
          result.set(work.apply(ledger));
          last.set(ledger);
        });
    AgentLedger committed = Objects.requireNonNull(last.get());
    committed.dates().forEach(deadlines::set);
    committed.settled().forEach(deadlines::forget);
    return Objects.requireNonNull(result.get());
  }

  /** The same about the session that a request names, while nobody closes or moves it. */
  <T> T commit(SessionRequest request, Function<AgentLedger, T> work) {
    Tenant tenant = request.tenant();
    String gate = Segment.of(request.sessionId()).map(s -> gate(tenant, s)).orElse("");
    return gates.shared(tenant, gate, () -> commit(tenant, work));
  }

  /**
   * What a session is changed behind: its acquisition's gate, if it has one.
   *
   * @param session a segment
   */
  static String gate(Tenant tenant, String session) {
    AgentRecords records = records(tenant);
    return records
        .session(session)
        .flatMap(records::session)
        .flatMap(AgentSession::acquisition)
        .orElse(session);
  }

  /** What is kept of a tenant's agents now. */
  static AgentRecords records(Tenant tenant) {
    return new AgentRecords(topic -> Entities.value(tenant.log(), topic));
  }

  /** As part of a commit of more than agents; what becomes due by it is not noted. */
  AgentLedger ledger(Tenant tenant, Changes changes) {
    return new AgentLedger(tenant, changes, vitals, tenant.clock().instant());
  }

  /** Makes an agent's status say what is so now. */
  void review(Tenant tenant, String agent) {
    count(
        tenant,
        agent,
        ledger -> {
          ledger.review(agent);
          return agent;
        });
  }

  /**
   * Commits what follows from a change of an agent's connections. One at a time for an agent, so
   * that no count is written after a newer one.
   */
  <T> T count(Tenant tenant, String agent, Function<AgentLedger, T> work) {
    return gates.alone(
        tenant,
        agent,
        () -> {
          Date soon = reviewSoon(tenant, agent);
          T result = commit(tenant, work);
          deadlines.met(soon);
          return result;
        });
  }

  /** Has the timer review an agent at its next turn, also if what is tried before fails. */
  Date reviewSoon(Tenant tenant, String agent) {
    Date soon = new Date(new Deadlines.Silence(tenant, agent), Instant.MIN);
    deadlines.set(soon);
    return soon;
  }

  /** Marks those of a session's instructions as expired that are due. */
  void expire(Tenant tenant, SessionPlace session) {
    Instant now = tenant.clock().instant();
    expire(tenant, instructions(tenant, session, state -> open(state) && of(state).due(now)));
  }

  /** Marks instructions as expired, those that are due. */
  void expire(Tenant tenant, List<Topic> instructions) {
    for (int i = 0; i < instructions.size(); i += MAX_EXPIRED) {
      List<Topic> part = instructions.subList(i, Math.min(i + MAX_EXPIRED, instructions.size()));
      change(
          tenant,
          part,
          (instruction, ledger) ->
              instruction.open() && instruction.due(ledger.now())
                  ? instruction.over(Status.EXPIRED)
                  : instruction);
    }
  }

  /** What becomes of an instruction. */
  @FunctionalInterface
  interface Change {
    Instruction apply(Instruction before, AgentLedger ledger);
  }

  /** Changes instructions that may have gone or moved meanwhile, in one append. */
  void change(Tenant tenant, List<Topic> instructions, Change change) {
    if (instructions.isEmpty()) return;
    commit(
        tenant,
        ledger -> {
          for (Topic topic : instructions) {
            SessionPlace place = SessionPlace.ofInstruction(topic);
            ledger
                .records()
                .instruction(topic)
                .ifPresent(before -> ledger.replace(place, before, change.apply(before, ledger)));
          }
          return instructions;
        });
  }

  /** A session's instructions of some kind, as they are delivered. */
  static List<Topic> instructions(
      Tenant tenant, SessionPlace session, Predicate<TopicState> which) {
    List<Topic> found = new ArrayList<>();
    each(
        tenant.log(),
        session.instructions(),
        state -> {
          if (which.test(state)) found.add(state.topic());
        });
    return found;
  }

  /** Calls back with each state that matches. */
  static void each(EventLog log, TopicPattern pattern, Consumer<TopicState> visit) {
    try (StateCut cut = log.states(List.of(pattern))) {
      cut.forEachRemaining(visit);
    }
  }

  static boolean open(TopicState state) {
    return of(state).open();
  }

  /** The instruction that a state is. */
  static Instruction of(TopicState state) {
    return Objects.requireNonNull(state.value()).as(Instruction.class);
  }
}
