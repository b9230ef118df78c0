package dev.freshet.agents.event;

import dev.freshet.event.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The types of a run's events, each with the record that its data is. */
public enum EventType {
  EXECUTION_STARTED("execution:started", AgentEvent.ExecutionStarted.class),
  PLAN_CREATED("plan:created", AgentEvent.PlanCreated.class),
  PHASE_START("phase:start", AgentEvent.PhaseStart.class),
  THINKING_DELTA("thinking:delta", AgentEvent.ThinkingDelta.class),
  THINKING("thinking", AgentEvent.Thinking.class),
  APPROVAL_REQUESTED("approval:requested", AgentEvent.ApprovalRequested.class),
  APPROVAL_RESOLVED("approval:resolved", AgentEvent.ApprovalResolved.class),
  TOOL_START("tool:start", AgentEvent.ToolStart.class),
  TOOL_COMPLETE("tool:complete", AgentEvent.ToolComplete.class),
  USAGE_UPDATED("usage:updated", AgentEvent.UsageUpdated.class),
  PHASE_COMPLETE("phase:complete", AgentEvent.PhaseComplete.class),
  EXECUTION_COMPLETE("execution:complete", AgentEvent.ExecutionComplete.class),
  EXECUTION_ERROR("execution:error", AgentEvent.ExecutionError.class),
  EXECUTION_CANCELLED("execution:cancelled", AgentEvent.ExecutionCancelled.class);

  private static final Map<String, EventType> BY_WIRE = by(EventType::wire);
  private static final Map<Class<? extends AgentEvent>, EventType> BY_PAYLOAD =
      by(EventType::payload);

  private final String wire;
  private final Class<? extends AgentEvent> payload;

  EventType(String wire, Class<? extends AgentEvent> payload) {
    this.wire = wire;
    this.payload = payload;
  }

  private static <K> Map<K, EventType> by(Function<EventType, K> key) {
    return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(key, type -> type));
  }

  /** As streams and logs name it. */
  public String wire() {
    return wire;
  }

  public Class<? extends AgentEvent> payload() {
    return payload;
  }

  /** Whether it ends the run. */
  public boolean terminal() {
    return this == EXECUTION_COMPLETE || this == EXECUTION_ERROR || this == EXECUTION_CANCELLED;
  }

  public static Optional<EventType> named(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }

  static EventType of(Class<? extends AgentEvent> payload) {
    return Objects.requireNonNull(BY_PAYLOAD.get(payload));
  }

  /**
   * The event with this data.
   *
   * @throws tools.jackson.core.JacksonException if it is not this type's
   */
  public AgentEvent read(Json data) {
    return data.as(payload);
  }

  /**
   * The event with this data.
   *
   * @throws tools.jackson.core.JacksonException if it is not this type's
   */
  public AgentEvent read(JsonNode data) {
    return Json.MAPPER.treeToValue(data, payload);
  }
}
