package dev.freshet.agents.event;

import dev.freshet.event.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Runs as agents make them. */
final class RecordedRuns {
  private static final Instant BEGIN = Instant.parse("2026-01-05T10:00:00Z");
  private static final Model MODEL = new Model("scripted", "freshet", true);
  private static final Limits LIMITS = new Limits(50, 900, 200_000, new BigDecimal("2.50"));

  private final List<AgentEvent> events = new ArrayList<>();
  private final Reduction run = new Reduction();

  private RecordedRuns() {}

  static Map<String, List<AgentEvent>> all() {
    return Map.of(
        "planned", new RecordedRuns().planned(),
        "unplanned", new RecordedRuns().unplanned(),
        "cancelled-with-all-open", new RecordedRuns().allOpen(true),
        "failed-with-all-open", new RecordedRuns().allOpen(false));
  }

  private Instant now() {
    return BEGIN.plusMillis(250L * events.size());
  }

  private void add(AgentEvent event) {
    run.accept(event);
    events.add(event);
  }

  private static JsonNode json(String text) {
    return Json.parse(text).node();
  }

  private void start(boolean external) {
    String task = "Make a landing page for a tea shop";
    add(
        external
            ? new AgentEvent.ExecutionStarted(now(), "r1", task, "ada", now(), null, null, true)
            : new AgentEvent.ExecutionStarted(
                now(), "r1", task, "ada", now(), MODEL, LIMITS, false));
  }

  private void think(String id, int iteration, ThoughtKind kind, String... pieces) {
    for (String piece : pieces)
      add(new AgentEvent.ThinkingDelta(now(), id, iteration, kind, run.thoughtLength(), piece));
    add(
        new AgentEvent.Thinking(
            now(), id, iteration, kind, String.join("", pieces), pieces.length > 0));
  }

  private void call(String id, String tool, String params) {
    add(new AgentEvent.ToolStart(now(), id, tool, json(params)));
  }

  private void done(String id, String result, MadeFile... files) {
    Step.Call call = run.openCall(id);
    add(
        new AgentEvent.ToolComplete(
            now(),
            id,
            call.toolName(),
            Outcome.SUCCEEDED,
            json(result),
            null,
            now().toEpochMilli() - call.startedAt().toEpochMilli(),
            List.of(files)));
  }

  private void failed(String id, String error) {
    add(
        new AgentEvent.ToolComplete(
            now(), id, run.openCall(id).toolName(), Outcome.FAILED, null, error, 250, List.of()));
  }

  private void phase(String id, String name, int index) {
    add(new AgentEvent.PhaseStart(now(), id, name, index));
  }

  private void phaseDone(String id) {
    Phase phase = run.phase(id);
    long took = now().toEpochMilli() - phase.startedAt().toEpochMilli();
    add(new AgentEvent.PhaseComplete(now(), id, phase.name(), phase.index(), took));
  }

  private void used(long in, long out, String cost, long iterations) {
    BigDecimal dollars = cost == null ? null : new BigDecimal(cost);
    add(new AgentEvent.UsageUpdated(now(), new Usage(in, out, in + out, dollars, iterations)));
  }

  private long age() {
    return now().toEpochMilli() - BEGIN.toEpochMilli();
  }

  private List<AgentEvent> planned() {
    start(false);
    add(
        new AgentEvent.PlanCreated(
            now(),
            new Plan(
                "A landing page",
                List.of(
                    new Plan.PlannedPhase("p1", "Gather"),
                    new Plan.PlannedPhase("p2", "Write"),
                    new Plan.PlannedPhase("p3", "Check")))));
    phase("p1", "Gather", 0);
    think("t1", 1, ThoughtKind.REASONING, "What do tea ", "shops need? ", "Öffnungszeiten 🍵");
    used(120, 30, "0.001", 1);
    call("c1", "list_files", "{\"path\":\".\"}");
    call("c2", "read_file", "{\"path\":\"brief.md\"}");
    done("c2", "{\"preview\":\"# Tea\",\"bytes\":70000,\"href\":\"results/c2\"}");
    done("c1", "[\"brief.md\"]");
    phaseDone("p1");
    phase("p2", "Write", 1);
    think("t2", 2, ThoughtKind.REASONING);
    add(
        new AgentEvent.ApprovalRequested(
            now(),
            "a1",
            "c3",
            "create_file",
            json("{\"path\":\"index.html\"}"),
            now().plusSeconds(60),
            run.open()));
    add(
        new AgentEvent.ApprovalRequested(
            now(), "a2", "c4", "run_command", json("{\"command\":\"rm\"}"), null, run.open()));
    add(new AgentEvent.ApprovalResolved(now(), "a1", "c3", Decision.APPROVED, "ada", null));
    call("c3", "create_file", "{\"path\":\"index.html\"}");
    add(new AgentEvent.ApprovalResolved(now(), "a2", "c4", Decision.REJECTED, "bob", "Not that."));
    done("c3", "\"created\"", new MadeFile("index.html", 1200), new MadeFile("a.css", 90));
    call("c5", "edit_file", "{\"path\":\"index.html\"}");
    done("c5", "null", new MadeFile("index.html", 1300));
    call("c6", "http_get", "{\"url\":\"https://tea.test/\"}");
    failed("c6", "The host is not among those allowed.");
    used(400, 90, "0.0035", 2);
    phaseDone("p2");
    think("t3", 3, ThoughtKind.ANSWER, "Here is **your** page.");
    used(500, 120, "0.004", 3);
    add(
        new AgentEvent.ExecutionComplete(
            now(), json("\"Here is **your** page.\""), age(), run.usage().totalTokens()));
    return List.copyOf(events);
  }

  private List<AgentEvent> unplanned() {
    start(true);
    think("t1", 0, ThoughtKind.REASONING, "a", "b");
    call("c1", "calculate", "{\"expression\":\"6*7\"}");
    done("c1", "42");
    phase("x", "Then", 0);
    used(1, 1, null, 1);
    phaseDone("x");
    phase("y", "At last", 1);
    phaseDone("y");
    add(new AgentEvent.ExecutionComplete(now(), null, age(), 2));
    return List.copyOf(events);
  }

  private List<AgentEvent> allOpen(boolean cancelled) {
    start(false);
    phase("p", "Work", 0);
    call("c1", "run_command", "{}");
    add(
        new AgentEvent.ApprovalRequested(
            now(), "a1", "c2", "http_get", json("{}"), null, run.open()));
    add(
        new AgentEvent.ApprovalRequested(
            now(), "a2", "c3", "http_get", json("{}"), null, run.open()));
    add(new AgentEvent.ApprovalResolved(now(), "a2", "c3", Decision.APPROVED, "ada", "ok"));
    add(new AgentEvent.ThinkingDelta(now(), "t", 1, ThoughtKind.ANSWER, 0, "So I "));
    Open open =
        new Open("p", "Work", "t", ThoughtKind.ANSWER, List.of("c1", "c2", "c3"), List.of("a1"));
    add(
        cancelled
            ? new AgentEvent.ExecutionCancelled(now(), "ada", "Enough.", age(), open)
            : new AgentEvent.ExecutionError(
                now(), "The server stopped.", ErrorCode.INTERRUPTED, age(), open));
    return List.copyOf(events);
  }
}
