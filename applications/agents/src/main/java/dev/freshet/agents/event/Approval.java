package dev.freshet.agents.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A question whether a call may run.
 *
 * @param decision null until it is resolved
 */
public record Approval(
    String approvalId,
    String callId,
    String toolName,
    JsonNode params,
    @Millis Instant requestedAt,
    @Millis @Nullable Instant expiresAt,
    @Nullable Decision decision,
    @Nullable String by,
    @Nullable String reason) {
  Approval resolved(AgentEvent.ApprovalResolved answer) {
    return new Approval(
        approvalId,
        callId,
        toolName,
        params,
        requestedAt,
        expiresAt,
        answer.decision(),
        answer.by(),
        answer.reason());
  }
}
