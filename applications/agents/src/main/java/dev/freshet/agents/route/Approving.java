package dev.freshet.agents.route;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.run.RunTopics;
import dev.freshet.agents.run.RunWriter;
import dev.freshet.agents.run.Runs;
import dev.freshet.application.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers the questions of agents in the name of those who call. */
public final class Approving {
  private final Runs runs;

  public Approving(Runs runs) {
    this.runs = runs;
  }

  /**
   * Answers a question; the same answer again changes nothing.
   *
   * @throws dev.freshet.application.ProblemException if there is no such question, or another
   *     answer
   */
  public void resolve(
      Call call, RunTopics topics, String id, Decision decision, @Nullable String reason) {
    try {
      long unused =
          writer(call, topics)
              .append(run -> {
                Decision made = asked(run, id).decision();
                if (made != null && made != decision) throw Failures.resolved(made.wire());
                return made == null ? answer(call, run, id, decision, reason) : List.of();
              });
    } catch (RunEndedException ended) {
      requireSame(call, topics, id, decision, ended.status());
    }
  }

  /** Rejects a question that nobody has answered. */
  public void abandon(Call call, RunTopics topics, String id, String reason) {
    try {
      long unused =
          writer(call, topics)
              .append(run ->
                  asked(run, id).decision() == null
                      ? answer(call, run, id, Decision.REJECTED, reason)
                      : List.of());
    } catch (RunEndedException ended) {
      // Then nobody asks any more.
    }
  }

  private RunWriter writer(Call call, RunTopics topics) {
    return runs.writer(call.tenant(), topics).orElseThrow(Failures::notFound);
  }

  private static Approval asked(Reduction run, String id) {
    Approval approval = run.approval(id);
    if (approval == null) throw Failures.nothingThere("approval");
    return approval;
  }

  private static List<dev.freshet.agents.AgentSink.Making> answer(
      Call call, Reduction run, String id, Decision decision, @Nullable String reason) {
    String callId = asked(run, id).callId();
    String by = call.principal().subject();
    return List.of(
        (now, time) -> new AgentEvent.ApprovalResolved(time, id, callId, decision, by, reason));
  }

  /** That this was the answer before the run ended. */
  private static void requireSame(
      Call call, RunTopics topics, String id, Decision decision, RunStatus status) {
    Approval approval =
        new Access(call)
            .store().read(topics.id()).stream()
                .flatMap(execution -> execution.approvals().stream())
                .filter(a -> a.approvalId().equals(id))
                .findFirst()
                .orElseThrow(() -> Failures.nothingThere("approval"));
    Decision made = approval.decision();
    if (made == null) throw Failures.finished(status);
    if (made != decision) throw Failures.resolved(made.wire());
  }
}
