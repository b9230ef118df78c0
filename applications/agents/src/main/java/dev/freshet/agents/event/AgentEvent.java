package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happens in a run. Each record is the payload of one type of event; the types are those of
 * {@link EventType}, and what may follow what says {@link Grammar}.
 */
public sealed interface AgentEvent {
  Instant timestamp();

  @JsonIgnore
  default EventType type() {
    return EventType.of(getClass());
  }

  /**
   * The run begins.
   *
   * @param owner the subject whose run it is
   * @param model null where a reporting agent does not say
   * @param limits null for a run that an agent elsewhere reports
   * @param external whether an agent elsewhere reports it
   */
  record ExecutionStarted(
      @Millis Instant timestamp,
      String executionId,
      String task,
      String owner,
      @Millis Instant startedAt,
      @Nullable Model model,
      @Nullable Limits limits,
      boolean external)
      implements AgentEvent {}

  /** The plan, before anything of it is done. */
  record PlanCreated(@Millis Instant timestamp, Plan plan) implements AgentEvent {}

  /** A phase begins. */
  record PhaseStart(@Millis Instant timestamp, String phaseId, String phaseName, int phaseIndex)
      implements AgentEvent {
    public PhaseStart {
      Ids.check("phaseId", phaseId);
    }
  }

  /**
   * The next piece of a thought.
   *
   * @param at how many UTF-16 units of it came before
   */
  record ThinkingDelta(
      @Millis Instant timestamp,
      String thoughtId,
      int iteration,
      ThoughtKind kind,
      int at,
      String delta)
      implements AgentEvent {
    public ThinkingDelta {
      Ids.check("thoughtId", thoughtId);
    }
  }

  /**
   * A thought, whole.
   *
   * @param streamed whether pieces of it came before
   */
  record Thinking(
      @Millis Instant timestamp,
      String thoughtId,
      int iteration,
      ThoughtKind kind,
      String thought,
      boolean streamed)
      implements AgentEvent {
    public Thinking {
      Ids.check("thoughtId", thoughtId);
    }
  }

  /**
   * A person is asked whether a call may run.
   *
   * @param expiresAt null if the question stays
   * @param open what was open when it was asked
   */
  record ApprovalRequested(
      @Millis Instant timestamp,
      String approvalId,
      String callId,
      String toolName,
      JsonNode params,
      @Millis @Nullable Instant expiresAt,
      Open open)
      implements AgentEvent {
    public ApprovalRequested {
      Ids.check("approvalId", approvalId);
      Ids.check("callId", callId);
    }
  }

  /**
   * A person has answered, or nobody has in time.
   *
   * @param by the subject who decided; null if nobody did
   */
  record ApprovalResolved(
      @Millis Instant timestamp,
      String approvalId,
      String callId,
      Decision decision,
      @Nullable String by,
      @Nullable String reason)
      implements AgentEvent {
    public ApprovalResolved {
      Ids.check("approvalId", approvalId);
      Ids.check("callId", callId);
    }
  }

  /** A tool begins to run. */
  record ToolStart(@Millis Instant timestamp, String callId, String toolName, JsonNode params)
      implements AgentEvent {
    public ToolStart {
      Ids.check("callId", callId);
    }
  }

  /**
   * A tool has run.
   *
   * @param error a sentence; null unless it failed
   * @param duration in milliseconds
   */
  record ToolComplete(
      @Millis Instant timestamp,
      String callId,
      String toolName,
      Outcome status,
      @Nullable JsonNode result,
      @Nullable String error,
      long duration,
      List<MadeFile> files)
      implements AgentEvent {
    public ToolComplete {
      Ids.check("callId", callId);
      result = Absent.ifNull(result);
      files = List.copyOf(files);
    }
  }

  /** What was used since the run began. */
  record UsageUpdated(@Millis Instant timestamp, Usage usage) implements AgentEvent {}

  /** A phase is done. */
  record PhaseComplete(
      @Millis Instant timestamp, String phaseId, String phaseName, int phaseIndex, long duration)
      implements AgentEvent {
    public PhaseComplete {
      Ids.check("phaseId", phaseId);
    }
  }

  /** The run is done. */
  record ExecutionComplete(
      @Millis Instant timestamp, @Nullable JsonNode result, long duration, long tokensUsed)
      implements AgentEvent {
    public ExecutionComplete {
      result = Absent.ifNull(result);
    }
  }

  /**
   * The run failed.
   *
   * @param error a sentence for people, never a stack trace
   */
  record ExecutionError(
      @Millis Instant timestamp, String error, ErrorCode code, long duration, Open open)
      implements AgentEvent {}

  /**
   * Somebody ended the run.
   *
   * @param by the subject
   */
  record ExecutionCancelled(
      @Millis Instant timestamp, String by, @Nullable String reason, long duration, Open open)
      implements AgentEvent {}
}
