package dev.freshet.microscopy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.freshet.event.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session of an agent, as it is kept. Times are ISO 8601, null for what has not happened.
 *
 * @param startedAt the agent's first sign of life in it
 * @param lastActivityAt its last one
 * @param instructionCount how many instructions it has had: a session to which one is added always
 *     has another value, so who closes or moves it meanwhile finds out
 */
@JsonNaming(SnakeCaseStrategy.class)
record AgentSession(
    String sessionId,
    String agentId,
    @Nullable String acquisitionUuid,
    @Nullable String name,
    @Nullable String description,
    Status status,
    String createdAt,
    @Nullable String startedAt,
    @Nullable String lastActivityAt,
    @Nullable String closedAt,
    JsonNode experimentalParameters,
    long instructionCount) {

  enum Status {
    @JsonProperty("active")
    ACTIVE,
    @JsonProperty("closed")
    CLOSED
  }

  /** A new one. */
  static AgentSession created(
      String sessionId,
      String agentId,
      @Nullable String acquisitionUuid,
      SessionRequest request,
      String now) {
    return new AgentSession(
        sessionId,
        agentId,
        acquisitionUuid,
        request.text("name").orElse(null),
        request.text("description").orElse(null),
        Status.ACTIVE,
        now,
        null,
        null,
        null,
        request.object("experimental_parameters"),
        0);
  }

  /** Its acquisition as a segment. */
  Optional<String> acquisition() {
    return Optional.ofNullable(acquisitionUuid).flatMap(Segment::of);
  }

  boolean open() {
    return status == Status.ACTIVE;
  }

  /** After a sign of life. */
  AgentSession alive(String now) {
    return new AgentSession(
        sessionId,
        agentId,
        acquisitionUuid,
        name,
        description,
        status,
        createdAt,
        startedAt == null ? now : startedAt,
        now,
        closedAt,
        experimentalParameters,
        instructionCount);
  }

  AgentSession closed(String now) {
    return new AgentSession(
        sessionId,
        agentId,
        acquisitionUuid,
        name,
        description,
        Status.CLOSED,
        createdAt,
        startedAt,
        lastActivityAt,
        now,
        experimentalParameters,
        instructionCount);
  }

  /** With one instruction more. */
  AgentSession instructed() {
    return new AgentSession(
        sessionId,
        agentId,
        acquisitionUuid,
        name,
        description,
        status,
        createdAt,
        startedAt,
        lastActivityAt,
        closedAt,
        experimentalParameters,
        instructionCount + 1);
  }

  /** As lists of open sessions have it. */
  ObjectNode answer() {
    ObjectNode answer = Json.MAPPER.valueToTree(this);
    return answer.remove(List.of("closed_at", "instruction_count"));
  }
}
