package dev.freshet.agents.event;

import dev.freshet.event.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events at their shortest. */
final class Runs {
  static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final JsonNode PARAMS = Json.parse("{}").node();

  private Runs() {}

  static AgentEvent start() {
    return new AgentEvent.ExecutionStarted(NOW, "run", "task", "ada", NOW, null, null, true);
  }

  static Reduction started() {
    Reduction run = new Reduction();
    run.accept(start());
    return run;
  }

  static AgentEvent plan(String... ids) {
    List<Plan.PlannedPhase> phases =
        List.of(ids).stream().map(id -> new Plan.PlannedPhase(id, "Phase " + id)).toList();
    return new AgentEvent.PlanCreated(NOW, new Plan("goal", phases));
  }

  static AgentEvent phaseStart(String id, int index) {
    return new AgentEvent.PhaseStart(NOW, id, "Phase " + id, index);
  }

  static AgentEvent phaseComplete(String id, int index) {
    return new AgentEvent.PhaseComplete(NOW, id, "Phase " + id, index, 1);
  }

  static AgentEvent delta(String id, int at, String text) {
    return new AgentEvent.ThinkingDelta(NOW, id, 1, ThoughtKind.REASONING, at, text);
  }

  static AgentEvent thinking(String id, int iteration, String text, boolean streamed) {
    return new AgentEvent.Thinking(NOW, id, iteration, ThoughtKind.REASONING, text, streamed);
  }

  static AgentEvent toolStart(String id) {
    return new AgentEvent.ToolStart(NOW, id, "tool", PARAMS);
  }

  static AgentEvent toolStart(String id, String tool) {
    return new AgentEvent.ToolStart(NOW, id, tool, PARAMS);
  }

  static AgentEvent toolComplete(String id) {
    return new AgentEvent.ToolComplete(
        NOW, id, "tool", Outcome.SUCCEEDED, null, null, 1, List.of());
  }

  static AgentEvent requested(String approval, String call) {
    return requested(approval, call, Open.NOTHING);
  }

  static AgentEvent requested(String approval, String call, Open open) {
    return new AgentEvent.ApprovalRequested(NOW, approval, call, "tool", PARAMS, null, open);
  }

  static AgentEvent resolved(String approval, String call, Decision decision) {
    return new AgentEvent.ApprovalResolved(NOW, approval, call, decision, "ada", null);
  }

  static AgentEvent used(long tokens) {
    return new AgentEvent.UsageUpdated(NOW, new Usage(tokens, 0, tokens, null, 1));
  }

  static AgentEvent complete() {
    return new AgentEvent.ExecutionComplete(NOW, null, 1, 0);
  }

  static AgentEvent error(Open open) {
    return new AgentEvent.ExecutionError(NOW, "broke", ErrorCode.AGENT_FAILED, 1, open);
  }
}
