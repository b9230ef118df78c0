package dev.freshet.microscopy;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Where an instruction to an agent is: the payload of {@code instruction.lifecycle}. Times are ISO
 * 8601, null for what has not happened.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record InstructionLifecycle(
    String instructionId,
    String agentId,
    String sessionId,
    String instructionType,
    Status status,
    String createdAt,
    @Nullable String sentAt,
    @Nullable String acknowledgedAt,
    @Nullable AckStatus ackStatus) {

  /** {@code pending} → {@code sent} → {@code acknowledged}, or over before. */
  public enum Status {
    @JsonProperty("pending")
    PENDING,
    /** Its bytes were written to a live connection. */
    @JsonProperty("sent")
    SENT,
    @JsonProperty("acknowledged")
    ACKNOWLEDGED,
    /** Its time was over before it was acknowledged. */
    @JsonProperty("expired")
    EXPIRED,
    /** Its session was closed before it was acknowledged. */
    @JsonProperty("cancelled")
    CANCELLED
  }

  /** What the agent made of it. */
  public enum AckStatus {
    /** Not final. */
    @JsonProperty("received")
    RECEIVED,
    @JsonProperty("processed")
    PROCESSED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("declined")
    DECLINED
  }
}
