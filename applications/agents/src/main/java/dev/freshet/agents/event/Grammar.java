package dev.freshet.agents.event;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which event may follow what (PROTOCOL §8.9, G1 to G7). Changes nothing. */
final class Grammar {
  private final Reduction run;

  Grammar(Reduction run) {
    this.run = run;
  }

  /**
   * @throws EventOrderException if the event may not come next
   * @throws RunEndedException if none may
   */
  void check(AgentEvent event) {
    RunStatus status = run.status();
    if (status != null && status.terminal()) throw new RunEndedException(status);
    boolean begins = event instanceof AgentEvent.ExecutionStarted;
    require(begins == (run.sequence() == 0), "G1", "execution:started is first, once");
    switch (event) {
      case AgentEvent.ExecutionStarted ignored -> {}
      case AgentEvent.PlanCreated plan -> plan(plan.plan());
      case AgentEvent.PhaseStart start -> phaseStart(start);
      case AgentEvent.PhaseComplete end -> phaseComplete(end);
      case AgentEvent.ThinkingDelta delta -> delta(delta);
      case AgentEvent.Thinking thought -> thought(thought);
      case AgentEvent.ApprovalRequested request -> requested(request);
      case AgentEvent.ApprovalResolved answer -> resolved(answer);
      case AgentEvent.ToolStart start -> toolStart(start);
      case AgentEvent.ToolComplete end -> toolComplete(end);
      case AgentEvent.UsageUpdated used -> usage(used.usage());
      case AgentEvent.ExecutionComplete ignored ->
          require(run.open().nothing(), "G6", "still open: " + run.open());
      case AgentEvent.ExecutionError end -> names(end.open());
      case AgentEvent.ExecutionCancelled end -> names(end.open());
    }
  }

  private void plan(Plan plan) {
    require(
        run.pristine(), "G2", "plan:created comes at most once, before any phase, thought or call");
    Set<String> ids = new HashSet<>();
    plan.phases()
        .forEach(p -> require(ids.add(p.id()), "G2", "two phases have the id '" + p.id() + "'"));
  }

  private void phaseStart(AgentEvent.PhaseStart start) {
    require(run.open().nothing(), "G3", "a phase starts when nothing is open: " + run.open());
    int next = run.phasesBegun();
    require(start.phaseIndex() == next, "G3", "the next phaseIndex is " + next);
    List<Plan.PlannedPhase> planned = run.planned();
    if (planned == null) {
      require(run.phase(start.phaseId()) == null, "G3", "the phaseId was used");
      return;
    }
    require(next < planned.size(), "G3", "the plan has no more phases");
    Plan.PlannedPhase due = planned.get(next);
    require(
        due.id().equals(start.phaseId()) && due.name().equals(start.phaseName()),
        "G3",
        "the plan's next phase is '" + due.id() + "', '" + due.name() + "'");
  }

  private void phaseComplete(AgentEvent.PhaseComplete end) {
    Open open = run.open();
    Phase phase = run.phase(end.phaseId());
    require(
        phase != null
            && end.phaseId().equals(open.phaseId())
            && phase.name().equals(end.phaseName())
            && phase.index() == end.phaseIndex(),
        "G3",
        "phase:complete names the phase that is open, which is " + open.phaseId());
    require(open.onlyPhase(), "G3", "in the phase are still open: " + open);
  }

  private void delta(AgentEvent.ThinkingDelta delta) {
    Step.Thought open = run.thought();
    require(
        delta.at() == (open == null ? 0 : run.thoughtLength()),
        "G4",
        "'at' is the length of the thought so far, "
            + (open == null ? 0 : run.thoughtLength())
            + "; it is "
            + delta.at());
    require(!delta.delta().isEmpty(), "G4", "a piece of a thought is not empty");
    think(open, delta.thoughtId(), delta.iteration(), delta.kind());
  }

  private void thought(AgentEvent.Thinking whole) {
    Step.Thought open = run.thought();
    think(open, whole.thoughtId(), whole.iteration(), whole.kind());
    require(whole.streamed() == (open != null), "G4", "'streamed' says whether pieces came before");
    require(
        open == null || run.thoughtSays(whole.thought()),
        "G4",
        "the whole thought is not what its pieces were");
  }

  private void think(Step.@Nullable Thought open, String id, int iteration, ThoughtKind kind) {
    if (open == null) {
      require(!run.thoughtKnown(id), "G4", "the thoughtId '" + id + "' was used");
      require(
          iteration >= run.iteration(),
          "G4",
          "'iteration' is at least " + run.iteration() + "; it is " + iteration);
      return;
    }
    require(open.thoughtId().equals(id), "G4", "the thought '" + open.thoughtId() + "' is open");
    require(
        open.iteration() == iteration && open.thinking() == kind,
        "G4",
        "a thought keeps its iteration and kind");
  }

  private void requested(AgentEvent.ApprovalRequested request) {
    require(!run.callKnown(request.callId()), "G5", "the callId was used");
    require(run.approval(request.approvalId()) == null, "G5", "the approvalId was used");
    names(request.open());
  }

  private void resolved(AgentEvent.ApprovalResolved answer) {
    Approval approval = run.approval(answer.approvalId());
    require(
        approval != null
            && approval.callId().equals(answer.callId())
            && approval.decision() == null,
        "G5",
        "approval:resolved answers an approval of that call that is open");
  }

  private void toolStart(AgentEvent.ToolStart start) {
    Step.Call call = run.openCall(start.callId());
    if (call == null) {
      require(!run.callKnown(start.callId()), "G5", "the callId '" + start.callId() + "' was used");
      return;
    }
    require(
        call.status() == CallStatus.APPROVED,
        "G5",
        "the call is " + call.status().wire() + ", not approved");
    require(
        call.toolName().equals(start.toolName()) && call.params().equals(start.params()),
        "G5",
        "what starts is not what was approved");
  }

  private void toolComplete(AgentEvent.ToolComplete end) {
    Step.Call call = run.openCall(end.callId());
    require(
        call != null
            && call.status() == CallStatus.RUNNING
            && call.toolName().equals(end.toolName()),
        "G5",
        "tool:complete closes a call of that tool that has started");
  }

  private void usage(Usage next) {
    require(next.atLeast(run.usage()), "G7", "a number of 'usage' decreases");
  }

  private void names(Open named) {
    require(Objects.requireNonNull(named).same(run.open()), "G6", "'open' is " + run.open());
  }

  private static void require(boolean holds, String rule, String detail) {
    if (!holds) throw new EventOrderException(rule, detail);
  }
}
