package dev.freshet.agents.agui;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.MadeFile;
import dev.freshet.agents.event.Open;
import dev.freshet.agents.event.Phase;
import dev.freshet.agents.event.PhaseStatus;
import dev.freshet.agents.event.Plan;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.event.Json;
import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state that AG-UI's clients share with a run: the Execution without its steps, which are
 * messages. What there may be many of is an object by id, so that each event says what it changes
 * without knowing what is there: every operation is an {@code add} of a member.
 */
final class RunState {
  private static final String PHASES = "/phases/";
  private static final String APPROVALS = "/approvals/";

  private RunState() {}

  static ObjectNode of(Execution run) {
    ObjectNode state = Json.MAPPER.createObjectNode();
    state.put("executionId", run.executionId()).put("task", run.task());
    state.put("status", status(run.status()));
    state.set("model", Json.MAPPER.valueToTree(run.model()));
    state.put("startedAt", time(run.startedAt())).put("finishedAt", time(run.finishedAt()));
    Plan plan = run.plan();
    state.put("goal", plan == null ? null : plan.goal());
    ObjectNode phases = state.putObject("phases");
    run.phases().forEach(phase -> phases.set(phase.id(), phase(phase)));
    state.put("currentPhase", run.currentPhase());
    ObjectNode approvals = state.putObject("approvals");
    run.approvals().forEach(a -> approvals.set(a.approvalId(), approval(a)));
    state.set("usage", Json.MAPPER.valueToTree(run.usage()));
    ObjectNode files = state.putObject("files");
    run.files().forEach(file -> files.put(file.path(), file.bytes()));
    state.set("error", Json.MAPPER.valueToTree(run.error()));
    return state.put("duration", run.duration());
  }

  /** Whether a run waits is told by the interrupt that ends AG-UI's. */
  private static String status(RunStatus status) {
    return status.terminal() ? status.wire() : RunStatus.RUNNING.wire();
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : NativeRepresentation.time(time);
  }

  private static ObjectNode phase(Phase phase) {
    ObjectNode node = Json.MAPPER.valueToTree(phase);
    node.remove("id");
    return node;
  }

  private static ObjectNode approval(Approval approval) {
    ObjectNode node = Json.MAPPER.valueToTree(approval);
    node.remove(List.of("approvalId", "params"));
    return node;
  }

  /** What an event changes; empty if nothing. */
  static Optional<ArrayNode> changes(AgentEvent event) {
    ArrayNode delta = Json.MAPPER.createArrayNode();
    switch (event) {
      case AgentEvent.PlanCreated e -> plan(delta, e.plan());
      case AgentEvent.PhaseStart e -> {
        add(delta, PHASES + escaped(e.phaseId()), phase(begun(e)));
        add(delta, "/currentPhase", e.phaseId());
      }
      case AgentEvent.PhaseComplete e -> {
        add(delta, PHASES + escaped(e.phaseId()) + "/status", PhaseStatus.COMPLETED);
        add(delta, PHASES + escaped(e.phaseId()) + "/duration", e.duration());
        add(delta, "/currentPhase", null);
      }
      case AgentEvent.ApprovalRequested e ->
          add(delta, APPROVALS + escaped(e.approvalId()), approval(asked(e)));
      case AgentEvent.ApprovalResolved e -> {
        String at = APPROVALS + escaped(e.approvalId());
        add(delta, at + "/decision", e.decision());
        add(delta, at + "/by", e.by());
        add(delta, at + "/reason", e.reason());
      }
      case AgentEvent.ToolComplete e -> e.files().forEach(file -> file(delta, file));
      case AgentEvent.UsageUpdated e -> add(delta, "/usage", e.usage());
      case AgentEvent.ExecutionComplete e ->
          end(delta, RunStatus.COMPLETED, e.timestamp(), e.duration());
      case AgentEvent.ExecutionError e -> {
        add(delta, "/error", new Execution.Failure(e.code(), e.error()));
        cut(delta, e.open(), PhaseStatus.FAILED);
        end(delta, RunStatus.FAILED, e.timestamp(), e.duration());
      }
      case AgentEvent.ExecutionCancelled e -> {
        cut(delta, e.open(), PhaseStatus.CANCELLED);
        end(delta, RunStatus.CANCELLED, e.timestamp(), e.duration());
      }
      case AgentEvent.ExecutionStarted e -> {}
      case AgentEvent.ThinkingDelta e -> {}
      case AgentEvent.Thinking e -> {}
      case AgentEvent.ToolStart e -> {}
    }
    return delta.isEmpty() ? Optional.empty() : Optional.of(delta);
  }

  private static Phase begun(AgentEvent.PhaseStart e) {
    return new Phase(
        e.phaseId(), e.phaseName(), e.phaseIndex(), PhaseStatus.RUNNING, e.timestamp(), null);
  }

  private static Approval asked(AgentEvent.ApprovalRequested e) {
    return new Approval(
        e.approvalId(),
        e.callId(),
        e.toolName(),
        e.params(),
        e.timestamp(),
        e.expiresAt(),
        null,
        null,
        null);
  }

  private static void plan(ArrayNode delta, Plan plan) {
    ObjectNode phases = Json.MAPPER.createObjectNode();
    int index = 0;
    for (Plan.PlannedPhase each : plan.phases()) {
      Phase phase = new Phase(each.id(), each.name(), index++, PhaseStatus.PENDING, null, null);
      phases.set(each.id(), phase(phase));
    }
    add(delta, "/goal", plan.goal());
    add(delta, "/phases", phases);
  }

  private static void file(ArrayNode delta, MadeFile file) {
    add(delta, "/files/" + escaped(file.path()), file.bytes());
  }

  private static void cut(ArrayNode delta, Open open, PhaseStatus status) {
    String phase = open.phaseId();
    if (phase == null) return;
    add(delta, PHASES + escaped(phase) + "/status", status);
    add(delta, "/currentPhase", null);
  }

  private static void end(ArrayNode delta, RunStatus status, Instant time, long duration) {
    add(delta, "/status", status);
    add(delta, "/finishedAt", time(time));
    add(delta, "/duration", duration);
  }

  private static void add(ArrayNode delta, String path, @Nullable Object value) {
    JsonNode node = Json.MAPPER.valueToTree(value);
    delta.addObject().put("op", "add").put("path", path).set("value", node);
  }

  private static String escaped(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }
}
