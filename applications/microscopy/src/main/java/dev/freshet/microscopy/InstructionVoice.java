package dev.freshet.microscopy;

import dev.freshet.event.Json;
import dev.freshet.subscription.Voice;
import dev.freshet.view.Frame;
import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** How an instruction stream speaks of itself (PROTOCOL §8.2). */
record InstructionVoice(String agentId, String sessionId) implements Voice {
  private static final String CONNECTION = "connection";
  private static final String HEARTBEAT = "heartbeat";
  private static final String CONNECTION_ID = "connection_id";

  @Override
  public Frame opened(String stream) {
    ObjectNode data = Json.MAPPER.createObjectNode().put("type", CONNECTION);
    data.put("agent_id", agentId).put("session_id", sessionId).put(CONNECTION_ID, stream);
    return new Frame(CONNECTION, Json.of(data.put("status", "connected")));
  }

  @Override
  public Frame heartbeat(String stream, Instant now) {
    ObjectNode data = Json.MAPPER.createObjectNode().put("type", HEARTBEAT);
    data.put("timestamp", NativeRepresentation.time(now)).put(CONNECTION_ID, stream);
    return new Frame(HEARTBEAT, Json.of(data));
  }
}
