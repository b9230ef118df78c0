package dev.freshet.agents.event;

import dev.freshet.event.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes runs of the grammar at random, each seed its own: with whatever may overlap overlapping.
 */
public final class RandomRun {
  private static final List<String> WORDS =
      List.of(
          "first ",
          "héllo ",
          "line\nbreak ",
          "\"quoted\" ",
          "🦊",
          "\t",
          "<b>",
          "数据 ",
          "\\n ",
          "end.");
  private static final List<String> TOOLS = List.of("create_file", "read_file", "calculate");

  private final Random random;
  private final Reduction run = new Reduction();
  private final List<AgentEvent> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T10:00:00Z");
  private int ids;

  private RandomRun(long seed) {
    random = new Random(seed);
  }

  /** The events of a whole run. */
  public static List<AgentEvent> of(long seed, int length) {
    RandomRun made = new RandomRun(seed);
    made.begin(seed);
    while (made.events.size() < length) made.step();
    made.finish();
    return List.copyOf(made.events);
  }

  private void add(AgentEvent event) {
    run.accept(event);
    events.add(event);
    now = now.plusMillis(random.nextInt(2000));
  }

  private void begin(long seed) {
    boolean external = random.nextInt(3) == 0;
    Model model =
        random.nextInt(4) == 0 ? null : new Model("scripted", "freshet", random.nextBoolean());
    Limits limits = external ? null : new Limits(50, 600, 100_000, cost(5));
    add(
        new AgentEvent.ExecutionStarted(
            now, "run-" + seed, "Do " + text(), "ada", now, model, limits, external));
    if (random.nextInt(4) == 0) return;
    List<Plan.PlannedPhase> phases = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--)
      phases.add(new Plan.PlannedPhase(id("phase"), "Phase " + i));
    add(new AgentEvent.PlanCreated(now, new Plan("Goal: " + text(), phases)));
  }

  private BigDecimal cost(int most) {
    return random.nextBoolean() ? null : BigDecimal.valueOf(random.nextInt(most * 100), 2);
  }

  private String id(String kind) {
    return kind + "-" + ++ids;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--)
      text.append(WORDS.get(random.nextInt(WORDS.size())));
    return text.toString();
  }

  private JsonNode json() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("path", "a/" + text()).put("n", random.nextInt(100)).putArray("list").add(text());
    return node;
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0 -> phase();
      case 1, 2, 3 -> delta();
      case 4 -> closeThought();
      case 5 -> ask();
      case 6 -> answer();
      case 7 -> call();
      case 8 -> complete();
      default -> usage();
    }
  }

  private void phase() {
    Open open = run.open();
    if (open.phaseId() != null) {
      if (!open.onlyPhase()) return;
      Phase phase = run.phase(open.phaseId());
      long took = Duration.between(phase.startedAt(), now).toMillis();
      add(new AgentEvent.PhaseComplete(now, phase.id(), phase.name(), phase.index(), took));
      return;
    }
    int next = run.phasesBegun();
    List<Plan.PlannedPhase> planned = run.planned();
    if (!open.nothing() || (planned != null && next >= planned.size())) return;
    Plan.PlannedPhase phase =
        planned == null ? new Plan.PlannedPhase(id("phase"), "Free " + text()) : planned.get(next);
    add(new AgentEvent.PhaseStart(now, phase.id(), phase.name(), next));
  }

  private void delta() {
    Step.Thought open = run.thought();
    if (open == null) {
      int iteration = run.iteration() + random.nextInt(2);
      add(new AgentEvent.ThinkingDelta(now, id("thought"), iteration, kind(), 0, text()));
      return;
    }
    add(
        new AgentEvent.ThinkingDelta(
            now, open.thoughtId(), open.iteration(), open.thinking(), run.thoughtLength(), text()));
  }

  private ThoughtKind kind() {
    return random.nextBoolean() ? ThoughtKind.REASONING : ThoughtKind.ANSWER;
  }

  private void closeThought() {
    Step.Thought open = run.thought();
    if (open == null) {
      add(new AgentEvent.Thinking(now, id("thought"), run.iteration(), kind(), text(), false));
      return;
    }
    add(
        new AgentEvent.Thinking(
            now, open.thoughtId(), open.iteration(), open.thinking(), run.thoughtText(), true));
  }

  private void ask() {
    Instant until = random.nextBoolean() ? now.plusSeconds(60) : null;
    add(
        new AgentEvent.ApprovalRequested(
            now, id("approval"), id("call"), tool(), json(), until, run.open()));
  }

  private String tool() {
    return TOOLS.get(random.nextInt(TOOLS.size()));
  }

  private void answer() {
    List<String> waiting = run.open().approvalIds();
    if (waiting.isEmpty()) return;
    Approval approval = run.approval(any(waiting));
    Decision decision = any(List.of(Decision.values()));
    String by = decision == Decision.EXPIRED ? null : "ada";
    String reason = random.nextBoolean() ? text() : null;
    add(
        new AgentEvent.ApprovalResolved(
            now, approval.approvalId(), approval.callId(), decision, by, reason));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private List<Step.Call> calls(CallStatus status) {
    return run.open().callIds().stream()
        .map(run::openCall)
        .filter(call -> call.status() == status)
        .toList();
  }

  private void call() {
    List<Step.Call> approved = calls(CallStatus.APPROVED);
    if (!approved.isEmpty() && random.nextBoolean()) {
      Step.Call call = any(approved);
      add(new AgentEvent.ToolStart(now, call.callId(), call.toolName(), call.params()));
    } else {
      add(new AgentEvent.ToolStart(now, id("call"), tool(), json()));
    }
  }

  private void complete() {
    List<Step.Call> running = calls(CallStatus.RUNNING);
    if (running.isEmpty()) return;
    Step.Call call = any(running);
    boolean fails = random.nextInt(4) == 0;
    List<MadeFile> files =
        random.nextBoolean() ? List.of() : List.of(new MadeFile("f" + random.nextInt(3), 7));
    add(
        new AgentEvent.ToolComplete(
            now,
            call.callId(),
            call.toolName(),
            fails ? Outcome.FAILED : Outcome.SUCCEEDED,
            fails || random.nextInt(5) == 0 ? null : json(),
            fails ? "It did not work: " + text() : null,
            Duration.between(call.startedAt(), now).toMillis(),
            files));
  }

  private void usage() {
    Usage used = run.usage();
    long in = used.inputTokens() + random.nextInt(500);
    long out = used.outputTokens() + random.nextInt(500);
    BigDecimal cost = used.cost();
    if (cost != null) cost = cost.add(BigDecimal.valueOf(random.nextInt(10), 3));
    else if (random.nextInt(3) == 0) cost = BigDecimal.valueOf(random.nextInt(10), 3);
    add(
        new AgentEvent.UsageUpdated(
            now, new Usage(in, out, in + out, cost, used.iterations() + random.nextInt(2))));
  }

  private void finish() {
    long took = Duration.between(run.started().startedAt(), now).toMillis();
    switch (random.nextInt(3)) {
      case 0 -> {
        ErrorCode code = any(List.of(ErrorCode.values()));
        add(new AgentEvent.ExecutionError(now, "It broke: " + text(), code, took, run.open()));
      }
      case 1 -> {
        String reason = random.nextBoolean() ? text() : null;
        add(new AgentEvent.ExecutionCancelled(now, "ada", reason, took, run.open()));
      }
      default -> {
        closeAll();
        JsonNode result = random.nextInt(4) == 0 ? null : Json.from(text()).node();
        add(new AgentEvent.ExecutionComplete(now, result, took, run.usage().totalTokens()));
      }
    }
  }

  private void closeAll() {
    if (run.thought() != null) closeThought();
    while (!run.open().approvalIds().isEmpty()) answer();
    for (Step.Call call : calls(CallStatus.APPROVED))
      add(new AgentEvent.ToolStart(now, call.callId(), call.toolName(), call.params()));
    while (!calls(CallStatus.RUNNING).isEmpty()) complete();
    if (run.open().phaseId() != null) phase();
  }
}
