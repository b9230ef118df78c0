package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an agent did: thought, or called a tool. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(Step.Thought.class), @JsonSubTypes.Type(Step.Call.class)})
public sealed interface Step {
  /** The phase that was open when it began; null if none was. */
  @Nullable String phaseId();

  /** Whether an event may still change it. */
  boolean unsettled();

  /**
   * What an agent thought.
   *
   * @param thinking what kind of thought
   * @param startedAt the time of its first event
   */
  @JsonTypeName("thinking")
  record Thought(
      String thoughtId,
      @Nullable String phaseId,
      int iteration,
      ThoughtKind thinking,
      String text,
      ThoughtStatus status,
      @Millis Instant startedAt)
      implements Step {
    @Override
    public boolean unsettled() {
      return status == ThoughtStatus.RUNNING;
    }

    Thought with(String now, ThoughtStatus next) {
      return new Thought(thoughtId, phaseId, iteration, thinking, now, next, startedAt);
    }
  }

  /**
   * A tool that an agent called.
   *
   * @param error a sentence; null unless it failed
   * @param startedAt null until it runs
   * @param duration in milliseconds; null until it has run
   */
  @JsonTypeName("tool")
  record Call(
      String callId,
      @Nullable String phaseId,
      String toolName,
      JsonNode params,
      CallStatus status,
      @Nullable JsonNode result,
      @Nullable String error,
      @Millis @Nullable Instant startedAt,
      @Nullable Long duration,
      List<MadeFile> files)
      implements Step {
    public Call {
      result = Absent.ifNull(result);
      files = List.copyOf(files);
    }

    @Override
    public boolean unsettled() {
      return status.open();
    }

    Call with(CallStatus next) {
      return new Call(
          callId, phaseId, toolName, params, next, result, error, startedAt, duration, files);
    }

    Call started(Instant time) {
      return new Call(
          callId, phaseId, toolName, params, CallStatus.RUNNING, null, null, time, null, files);
    }

    Call completed(AgentEvent.ToolComplete end) {
      CallStatus next =
          end.status() == Outcome.SUCCEEDED ? CallStatus.SUCCEEDED : CallStatus.FAILED;
      return new Call(
          callId,
          phaseId,
          toolName,
          params,
          next,
          end.result(),
          end.error(),
          startedAt,
          end.duration(),
          end.files());
    }
  }
}
