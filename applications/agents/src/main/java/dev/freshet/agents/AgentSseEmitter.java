package dev.freshet.agents;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.EventOrderException;
import dev.freshet.agents.event.MadeFile;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.Outcome;
import dev.freshet.agents.event.Phase;
import dev.freshet.agents.event.Plan;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.agents.event.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What an agent tells of its run while it works; everybody who may watch the run sees it at once.
 * The same in the server's process and over HTTP: the {@link AgentSink} is what differs.
 *
 * <p>The order of PROTOCOL §8.9 is enforced: what may not come next throws {@link
 * EventOrderException} and is not sent. When the run has ended, because the agent ended it or
 * because somebody cancelled it, everything throws {@link RunEndedException}: an agent that meets
 * it stops. Text is cleaned, and a thought that is longer than one may be goes on in a new one.
 * Thread-safe.
 */
public final class AgentSseEmitter implements AutoCloseable {
  private final String user;
  private final AgentSink sink;
  private final ThoughtWriter thoughts;
  private final ReentrantLock thinking = new ReentrantLock();
  private volatile String executionId;

  /**
   * @param user whose run it is
   * @param executionId of the run; where this emitter begins the run, as the agent names it
   */
  public AgentSseEmitter(String user, String executionId, AgentSink sink) {
    this.user = user;
    this.executionId = executionId;
    this.sink = sink;
    this.thoughts = new ThoughtWriter(sink);
  }

  public String user() {
    return user;
  }

  /** What the server calls the run. */
  public String executionId() {
    return executionId;
  }

  public void executionStarted(String task) {
    executionStarted(task, null);
  }

  /** Begins the run; to be called first, unless it has begun. */
  public void executionStarted(String task, @Nullable Model model) {
    executionId = sink.start(user, executionId, Text.clean(task), model);
  }

  public void planCreated(String goal, List<Plan.PlannedPhase> phases) {
    List<Plan.PlannedPhase> clean =
        phases.stream().map(p -> new Plan.PlannedPhase(p.id(), Text.clean(p.name()))).toList();
    Plan plan = new Plan(Text.clean(goal), clean);
    sink.append((run, now) -> new AgentEvent.PlanCreated(now, plan));
  }

  /** Begins the plan's next phase, or, without a plan, one of this id and name. */
  public void phaseStart(String phaseId, String phaseName) {
    String name = Text.clean(phaseName);
    sink.append((run, now) -> new AgentEvent.PhaseStart(now, phaseId, name, run.phasesBegun()));
  }

  public void phaseComplete(String phaseId) {
    sink.append((run, now) -> {
      Phase phase = run.phase(phaseId);
      if (phase == null) return new AgentEvent.PhaseComplete(now, phaseId, "", 0, 0);
      long took = millis(phase.startedAt(), now);
      return new AgentEvent.PhaseComplete(now, phaseId, phase.name(), phase.index(), took);
    });
  }

  /** The next piece of a thought. */
  public void thinkingDelta(String thoughtId, int iteration, ThoughtKind kind, String delta) {
    think(() -> thoughts.delta(thoughtId, iteration, kind, delta));
  }

  /** A thought, whole; with pieces before it, it is all of them. */
  public void thinking(String thoughtId, int iteration, ThoughtKind kind, String thought) {
    think(() -> thoughts.whole(thoughtId, iteration, kind, thought));
  }

  private void think(Runnable write) {
    thinking.lock();
    try {
      write.run();
    } finally {
      thinking.unlock();
    }
  }

  public void toolStart(String callId, String toolName, JsonNode params) {
    JsonNode clean = Text.clean(params);
    sink.append((run, now) -> new AgentEvent.ToolStart(now, callId, toolName, clean));
  }

  public void toolComplete(String callId, @Nullable JsonNode result) {
    toolComplete(callId, result, List.of());
  }

  /**
   * @param files that the tool wrote
   */
  public void toolComplete(String callId, @Nullable JsonNode result, List<MadeFile> files) {
    completed(callId, Outcome.SUCCEEDED, result, null, files);
  }

  /**
   * @param error a sentence, for people and for the model
   */
  public void toolFailed(String callId, String error) {
    completed(callId, Outcome.FAILED, null, Text.clean(error), List.of());
  }

  private void completed(
      String callId,
      Outcome outcome,
      @Nullable JsonNode result,
      @Nullable String error,
      List<MadeFile> files) {
    JsonNode clean = result == null ? null : Text.clean(result);
    List<MadeFile> made =
        files.stream().map(f -> new MadeFile(Text.clean(f.path()), f.bytes())).toList();
    sink.append((run, now) -> {
      Step.Call call = run.openCall(callId);
      String tool = call == null ? "" : call.toolName();
      long took = call == null ? 0 : millis(call.startedAt(), now);
      return new AgentEvent.ToolComplete(now, callId, tool, outcome, clean, error, took, made);
    });
  }

  /**
   * Asks whether a call may run; whoever may change the run answers.
   *
   * @param lasts how long the question stays; null: as long as the run
   */
  public void approvalRequested(
      String approvalId,
      String callId,
      String toolName,
      JsonNode params,
      @Nullable Duration lasts) {
    JsonNode clean = Text.clean(params);
    sink.append((run, now) -> {
      Instant until = lasts == null ? null : now.plus(lasts);
      return new AgentEvent.ApprovalRequested(
          now, approvalId, callId, toolName, clean, until, run.open());
    });
  }

  /**
   * Waits for the answer to a question that was asked. Where there is none in time the question is
   * over: it expires.
   */
  public Decision awaitApproval(String approvalId, Duration most) throws InterruptedException {
    Approval answered = sink.awaitApproval(approvalId, most);
    if (answered != null) return Objects.requireNonNull(answered.decision());
    try {
      approvalResolved(approvalId, Decision.EXPIRED, null, null);
      return Decision.EXPIRED;
    } catch (EventOrderException late) {
      Approval last = sink.awaitApproval(approvalId, Duration.ZERO);
      if (last == null || last.decision() == null) throw late;
      return last.decision();
    }
  }

  /**
   * @param by who decided; null if nobody did
   */
  public void approvalResolved(
      String approvalId, Decision decision, @Nullable String by, @Nullable String reason) {
    String why = reason == null ? null : Text.clean(reason);
    sink.append((run, now) -> {
      Approval approval = run.approval(approvalId);
      String callId = approval == null ? approvalId : approval.callId();
      return new AgentEvent.ApprovalResolved(now, approvalId, callId, decision, by, why);
    });
  }

  /**
   * @param usage since the run began
   */
  public void usage(Usage usage) {
    sink.append((run, now) -> new AgentEvent.UsageUpdated(now, usage));
  }

  public void executionComplete(String result) {
    executionComplete(JsonNodeFactory.instance.stringNode(result));
  }

  public void executionComplete(@Nullable JsonNode result) {
    JsonNode clean = result == null ? null : Text.clean(result);
    sink.append((run, now) ->
        new AgentEvent.ExecutionComplete(now, clean, age(run, now), run.usage().totalTokens()));
  }

  /**
   * @param error a sentence for people, never a stack trace
   */
  public void executionError(ErrorCode code, String error) {
    String clean = Text.clean(error);
    sink.append(
        (run, now) -> new AgentEvent.ExecutionError(now, clean, code, age(run, now), run.open()));
  }

  /**
   * @param by who ended it
   */
  public void executionCancelled(String by, @Nullable String reason) {
    String why = reason == null ? null : Text.clean(reason);
    sink.append(
        (run, now) -> new AgentEvent.ExecutionCancelled(now, by, why, age(run, now), run.open()));
  }

  private static long age(Reduction run, Instant now) {
    AgentEvent.ExecutionStarted started = run.started();
    return started == null ? 0 : millis(started.startedAt(), now);
  }

  private static long millis(@Nullable Instant since, Instant now) {
    return Math.max(0, Duration.between(Objects.requireNonNullElse(since, now), now).toMillis());
  }

  /** Waits until all that was told is where it goes. Does not end the run. */
  @Override
  public void close() {
    sink.close();
  }
}
