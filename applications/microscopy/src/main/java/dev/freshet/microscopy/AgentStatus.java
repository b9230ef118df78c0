package dev.freshet.microscopy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How an agent is: the payload of {@code agent.status}, and the state that is kept for it.
 *
 * @param sessionId its newest session; null when none is open
 * @param acquisitionUuid that session's
 * @param lastHeartbeatAt its last sign of life, ISO 8601; null before the first
 * @param connectionCount instruction streams that it has open
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AgentStatus(
    String agentId,
    Liveness status,
    @Nullable String sessionId,
    @Nullable String acquisitionUuid,
    @Nullable String lastHeartbeatAt,
    int connectionCount) {

  /** In another session; null for none. */
  AgentStatus in(@Nullable String session, @Nullable String acquisition) {
    return new AgentStatus(agentId, status, session, acquisition, lastHeartbeatAt, connectionCount);
  }

  /** After a sign of life. */
  AgentStatus at(String time) {
    return new AgentStatus(agentId, status, sessionId, acquisitionUuid, time, connectionCount);
  }

  /** The session as a segment; empty when none is open. */
  String session() {
    return Optional.ofNullable(sessionId).flatMap(Segment::of).orElse("");
  }

  /** By the age of the last sign of life. */
  public enum Liveness {
    @JsonProperty("online")
    ONLINE,
    @JsonProperty("stale")
    STALE,
    @JsonProperty("offline")
    OFFLINE
  }
}
