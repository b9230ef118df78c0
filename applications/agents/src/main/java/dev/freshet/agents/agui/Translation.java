package dev.freshet.agents.agui;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.CallStatus;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Executions;
import dev.freshet.agents.event.Open;
import dev.freshet.agents.event.Phase;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.agents.event.ThoughtStatus;
import dev.freshet.view.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the events of a run are in AG-UI, each without knowing the others, so that a stream may
 * begin at any of them.
 *
 * @param runId of AG-UI's run, which is a stretch of ours: an approval ends it, and the next goes
 *     on
 * @param announced ids of the calls that were shown before AG-UI's run began, when people were
 *     asked for their approval; they are not shown again
 */
record Translation(Names names, String threadId, String runId, Set<String> announced) {
  private static final String NO_RESULT = "";
  private static final String SUCCESS = "success";
  private static final String CANCELLED = "cancelled";
  private static final String INTERRUPT = "interrupt";

  Translation {
    announced = Set.copyOf(announced);
  }

  /** An event; null if AG-UI has none for it. */
  @Nullable Frame frame(AgentEvent event) {
    List<ObjectNode> events = events(event);
    boolean last = event instanceof AgentEvent.ApprovalRequested || event.type().terminal();
    return events.isEmpty() ? null : AgUiEvent.frame(events, last);
  }

  private List<ObjectNode> events(AgentEvent event) {
    AgUiEvent say = new AgUiEvent(names, event.timestamp());
    List<ObjectNode> events = new ArrayList<>();
    switch (event) {
      case AgentEvent.ApprovalRequested e -> {
        events.addAll(say.call(e.callId(), e.toolName(), e.params()));
        events.addAll(closed(say, e.open()));
      }
      case AgentEvent.ExecutionError e -> events.addAll(closed(say, e.open()));
      case AgentEvent.ExecutionCancelled e -> events.addAll(closed(say, e.open()));
      default -> {}
    }
    RunState.changes(event).map(say::stateDelta).ifPresent(events::add);
    events.addAll(steps(say, event));
    return events;
  }

  /** What ends with AG-UI's run, since nothing may be open then. */
  private static List<ObjectNode> closed(AgUiEvent say, Open open) {
    List<ObjectNode> events = new ArrayList<>();
    if (open.thoughtId() != null && open.thoughtKind() != null)
      events.addAll(say.thoughtEnded(open.thoughtId(), open.thoughtKind()));
    if (open.phaseName() != null) events.add(say.stepFinished(open.phaseName()));
    return events;
  }

  private List<ObjectNode> steps(AgUiEvent say, AgentEvent event) {
    return switch (event) {
      case AgentEvent.ExecutionStarted e -> List.of(say.stateSnapshot(RunState.of(begun(e))));
      case AgentEvent.PhaseStart e -> List.of(say.stepStarted(e.phaseName()));
      case AgentEvent.PhaseComplete e -> List.of(say.stepFinished(e.phaseName()));
      case AgentEvent.ThinkingDelta e -> piece(say, e);
      case AgentEvent.Thinking e -> whole(say, e);
      case AgentEvent.ApprovalRequested e -> List.of(interrupted(say, List.of(Interrupt.of(e))));
      case AgentEvent.ApprovalResolved e -> refused(say, e);
      case AgentEvent.ToolStart e ->
          announced.contains(e.callId())
              ? List.of()
              : say.call(e.callId(), e.toolName(), e.params());
      case AgentEvent.ToolComplete e ->
          List.of(say.callResult(e.callId(), result(e.error(), e.result()), e.status().wire()));
      case AgentEvent.ExecutionComplete e -> List.of(finished(say, e.result()));
      case AgentEvent.ExecutionError e -> List.of(say.runError(e.error(), e.code().wire()));
      case AgentEvent.ExecutionCancelled e -> List.of(say.runFinished(threadId, runId, CANCELLED));
      case AgentEvent.PlanCreated e -> List.of();
      case AgentEvent.UsageUpdated e -> List.of();
    };
  }

  private static Execution begun(AgentEvent.ExecutionStarted event) {
    return Executions.reduce(null, event);
  }

  private static List<ObjectNode> piece(AgUiEvent say, AgentEvent.ThinkingDelta e) {
    List<ObjectNode> events = new ArrayList<>();
    if (e.at() == 0) events.addAll(say.thoughtStarted(e.thoughtId(), e.kind()));
    events.add(say.thoughtContent(e.thoughtId(), e.kind(), e.delta()));
    return events;
  }

  private static List<ObjectNode> whole(AgUiEvent say, AgentEvent.Thinking e) {
    if (e.streamed()) return say.thoughtEnded(e.thoughtId(), e.kind());
    List<ObjectNode> events = new ArrayList<>(said(say, e.thoughtId(), e.kind(), e.thought()));
    events.addAll(say.thoughtEnded(e.thoughtId(), e.kind()));
    return events;
  }

  /** A thought so far. */
  private static List<ObjectNode> said(AgUiEvent say, String id, ThoughtKind kind, String text) {
    List<ObjectNode> events = new ArrayList<>(say.thoughtStarted(id, kind));
    events.add(say.thoughtContent(id, kind, text));
    return events;
  }

  /** A call that may not run has an answer too: no conversation goes on without one. */
  private static List<ObjectNode> refused(AgUiEvent say, AgentEvent.ApprovalResolved e) {
    if (e.decision() == Decision.APPROVED) return List.of();
    String reason = e.reason();
    String decision = e.decision().wire();
    return List.of(say.callResult(e.callId(), reason == null ? decision : reason, decision));
  }

  private static String result(@Nullable String error, @Nullable JsonNode result) {
    if (error != null) return error;
    if (result == null) return NO_RESULT;
    return result.isString() ? result.stringValue() : result.toString();
  }

  private ObjectNode interrupted(AgUiEvent say, List<Interrupt> interrupts) {
    ObjectNode event = say.runFinished(threadId, runId, INTERRUPT);
    ArrayNode list = ((ObjectNode) event.get("outcome")).putArray("interrupts");
    interrupts.forEach(interrupt -> list.add(interrupt.json(names)));
    return event;
  }

  private ObjectNode finished(AgUiEvent say, @Nullable JsonNode result) {
    ObjectNode event = say.runFinished(threadId, runId, SUCCESS);
    if (result != null) event.set("result", result);
    return event;
  }

  /** What AG-UI's run begins with, wherever in ours. */
  ObjectNode started(Instant time) {
    return new AgUiEvent(names, time).runStarted(threadId, runId);
  }

  /**
   * That AG-UI's run goes on where ours stands: its state, and what is open. Of a thought only what
   * follows, since it was said in the run before.
   */
  List<ObjectNode> resumed(Execution run, Instant time) {
    AgUiEvent say = new AgUiEvent(names, time);
    List<ObjectNode> events = new ArrayList<>();
    events.add(say.stateSnapshot(RunState.of(run)));
    phase(run).map(say::stepStarted).ifPresent(events::add);
    run.steps().stream()
        .filter(step -> step.unsettled() && step instanceof Step.Thought)
        .map(Step.Thought.class::cast)
        .forEach(t -> events.addAll(say.thoughtStarted(t.thoughtId(), t.thinking())));
    return events;
  }

  private static Optional<String> phase(Execution run) {
    return run.phases().stream()
        .filter(phase -> phase.id().equals(run.currentPhase()))
        .map(Phase::name)
        .findFirst();
  }

  /** All of a run at once, up to where it stands; a run that waits or has ended is told whole. */
  Frame whole(Execution run, Instant time) {
    AgUiEvent say = new AgUiEvent(names, time);
    List<ObjectNode> events = new ArrayList<>();
    events.add(say.stateSnapshot(RunState.of(run)));
    List<Interrupt> interrupts =
        run.approvals().stream().filter(a -> a.decision() == null).map(Interrupt::of).toList();
    boolean last = run.status().terminal() || !interrupts.isEmpty();
    for (Step step : run.steps()) events.addAll(step(say, run, step, last));
    if (!last) phase(run).map(say::stepStarted).ifPresent(events::add);
    else events.add(end(say, run, interrupts));
    return AgUiEvent.frame(events, last);
  }

  /** A call that was approved and has not started is told when it starts. */
  private static List<ObjectNode> step(AgUiEvent say, Execution run, Step step, boolean last) {
    List<ObjectNode> events = new ArrayList<>();
    switch (step) {
      case Step.Thought t -> {
        events.addAll(said(say, t.thoughtId(), t.thinking(), t.text()));
        if (last || t.status() != ThoughtStatus.RUNNING)
          events.addAll(say.thoughtEnded(t.thoughtId(), t.thinking()));
      }
      case Step.Call c -> {
        if (!last && c.status() == CallStatus.APPROVED) return events;
        events.addAll(say.call(c.callId(), c.toolName(), c.params()));
        String status = c.status().wire();
        switch (c.status()) {
          case SUCCEEDED, FAILED ->
              events.add(say.callResult(c.callId(), result(c.error(), c.result()), status));
          case REJECTED, EXPIRED -> events.add(say.callResult(c.callId(), refusal(run, c), status));
          case WAITING, APPROVED, RUNNING, CANCELLED -> {}
        }
      }
    }
    return events;
  }

  private static String refusal(Execution run, Step.Call call) {
    return run.approvals().stream()
        .filter(a -> a.callId().equals(call.callId()))
        .map(Approval::reason)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(call.status().wire());
  }

  private ObjectNode end(AgUiEvent say, Execution run, List<Interrupt> interrupts) {
    Execution.Failure error = run.error();
    return switch (run.status()) {
      case COMPLETED -> finished(say, run.result());
      case CANCELLED -> say.runFinished(threadId, runId, CANCELLED);
      case FAILED ->
          error == null ? say.runError("", "") : say.runError(error.message(), error.code().wire());
      case RUNNING, WAITING -> interrupted(say, interrupts);
    };
  }
}
