package dev.freshet.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An instruction that the decision service makes for the agent.
 *
 * @param id tells it from others where the answer to its making is lost
 * @param expiry minutes by the clock on the wall; null for the server's own
 */
record Order(
    Duration at,
    String id,
    String type,
    String priority,
    JsonNode payload,
    @Nullable Integer expiry)
    implements Step {
  ObjectNode body() {
    ObjectNode body = Script.object().put("instruction_type", type).put("priority", priority);
    body.set("payload", payload);
    if (expiry != null) body.put("expires_in_minutes", expiry);
    body.putObject("metadata").put("source", "decision-service").put("request_id", id);
    return body;
  }
}
