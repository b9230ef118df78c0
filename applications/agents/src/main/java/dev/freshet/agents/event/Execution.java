package dev.freshet.agents.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run as it stands: what its events reduce to.
 *
 * @param viewers who may watch it besides the owner; no event's doing
 * @param phases the plan's, or those that were started where there is no plan
 * @param currentPhase the id of the phase that is open
 * @param steps in the order in which they began
 * @param duration in milliseconds
 * @param sequence how many events it reduces
 */
public record Execution(
    String executionId,
    String task,
    String owner,
    List<String> viewers,
    RunStatus status,
    @Nullable Model model,
    @Nullable Limits limits,
    boolean external,
    @Millis Instant startedAt,
    @Millis @Nullable Instant finishedAt,
    @Nullable Plan plan,
    List<Phase> phases,
    @Nullable String currentPhase,
    List<Step> steps,
    List<Approval> approvals,
    Usage usage,
    List<MadeFile> files,
    @Nullable JsonNode result,
    @Nullable Failure error,
    @Nullable Cancellation cancelled,
    @Nullable Long duration,
    long sequence) {
  /** Why it failed. */
  public record Failure(ErrorCode code, String message) {}

  /** Who ended it. */
  public record Cancellation(String by, @Nullable String reason) {}

  public Execution {
    viewers = List.copyOf(viewers);
    phases = List.copyOf(phases);
    steps = List.copyOf(steps);
    approvals = List.copyOf(approvals);
    files = List.copyOf(files);
    result = Absent.ifNull(result);
  }
}
