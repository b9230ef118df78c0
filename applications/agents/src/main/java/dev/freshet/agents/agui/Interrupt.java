package dev.freshet.agents.agui;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.event.Json;
import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A question whether a call may run, as AG-UI's clients are asked it. */
record Interrupt(String approvalId, String callId, String toolName, @Nullable Instant expiresAt) {
  static final String APPROVED = "approved";
  static final String REASON = "reason";

  private static final JsonNode ANSWER =
      Json.parse(
              """
              {"type":"object","required":["approved"],"properties":{
                "approved":{"type":"boolean"},
                "reason":{"type":"string","description":"For the agent, where it is not approved"}}}
              """)
          .node();

  static Interrupt of(AgentEvent.ApprovalRequested event) {
    return new Interrupt(event.approvalId(), event.callId(), event.toolName(), event.expiresAt());
  }

  static Interrupt of(Approval approval) {
    return new Interrupt(
        approval.approvalId(), approval.callId(), approval.toolName(), approval.expiresAt());
  }

  ObjectNode json(Names names) {
    ObjectNode node =
        Json.MAPPER
            .createObjectNode()
            .put("id", names.approval(approvalId))
            .put("reason", "tool_call")
            .put("message", "May " + toolName + " run?")
            .put("toolCallId", names.call(callId));
    node.set("responseSchema", ANSWER);
    if (expiresAt != null) node.put("expiresAt", NativeRepresentation.time(expiresAt));
    return node;
  }
}
