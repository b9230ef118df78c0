package dev.freshet.microscopy;

import dev.freshet.event.Json;
import dev.freshet.microscopy.InstructionLifecycle.AckStatus;
import dev.freshet.microscopy.InstructionLifecycle.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ObjectNode;

/**
 * An instruction to an agent, as it is kept. Times are ISO 8601, null for what has not happened.
 *
 * @param number counts the instructions of its session, from 1
 * @param expiresAt null: never
 * @param acknowledgedAt of the last acknowledgement
 * @param processedAt by the agent's clock
 */
@JsonNaming(SnakeCaseStrategy.class)
record Instruction(
    String instructionId,
    String agentId,
    String sessionId,
    long number,
    String instructionType,
    JsonNode payload,
    @Nullable Long sequenceNumber,
    Priority priority,
    JsonNode metadata,
    Status status,
    String createdAt,
    @Nullable String sentAt,
    @Nullable String acknowledgedAt,
    @Nullable String expiresAt,
    @Nullable AckStatus ackStatus,
    @Nullable String result,
    @Nullable String errorMessage,
    @Nullable String processedAt,
    @Nullable Long processingTimeMs,
    int acknowledgementsCount) {
  private static final String NO_SEQUENCE = "z";

  /**
   * The last segment of its topic. Topics sort as instructions are to be delivered: by priority, by
   * sequence number, those without one last, then by age. So a snapshot is in that order.
   */
  String key() {
    String sequence =
        sequenceNumber == null
            ? NO_SEQUENCE
            : String.format("%020d", sequenceNumber - SEQUENCE_BASE);
    return "%d-%s-%010d-%s".formatted(priority.rank(), sequence, number, instructionId);
  }

  /** Below every number that JSON carries exactly everywhere, so that none sorts as negative. */
  private static final long SEQUENCE_BASE = -(1L << 53);

  /** Neither acknowledged nor over. */
  boolean open() {
    return status == Status.PENDING || status == Status.SENT;
  }

  boolean due(Instant now) {
    return expiresAt != null && !now.isBefore(Instant.parse(expiresAt));
  }

  /** Open, and not due. */
  boolean deliverable(Instant now) {
    return open() && !due(now);
  }

  Instruction sent(String now) {
    return with(Status.SENT, now);
  }

  Instruction over(Status how) {
    return with(how, sentAt);
  }

  private Instruction with(Status next, @Nullable String sent) {
    return new Instruction(
        instructionId,
        agentId,
        sessionId,
        number,
        instructionType,
        payload,
        sequenceNumber,
        priority,
        metadata,
        next,
        createdAt,
        sent,
        acknowledgedAt,
        expiresAt,
        ackStatus,
        result,
        errorMessage,
        processedAt,
        processingTimeMs,
        acknowledgementsCount);
  }

  /** Who acknowledges has got it, also where that was not noted yet. */
  Instruction acknowledged(Acknowledgement ack, String now) {
    return new Instruction(
        instructionId,
        agentId,
        sessionId,
        number,
        instructionType,
        payload,
        sequenceNumber,
        priority,
        metadata,
        Status.ACKNOWLEDGED,
        createdAt,
        sentAt == null ? now : sentAt,
        now,
        expiresAt,
        ack.status(),
        ack.result(),
        ack.errorMessage(),
        ack.processedAt(),
        ack.processingTimeMs(),
        acknowledgementsCount + 1);
  }

  InstructionLifecycle lifecycle() {
    return new InstructionLifecycle(
        instructionId,
        agentId,
        sessionId,
        instructionType,
        status,
        createdAt,
        sentAt,
        acknowledgedAt,
        ackStatus);
  }

  /** As lists have it. */
  ObjectNode answer() {
    ObjectNode answer = Json.MAPPER.valueToTree(this);
    return answer.remove(List.of("session_id", "number", "processed_at"));
  }
}
