package dev.freshet.agents.agui;

import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.event.Json;
import dev.freshet.view.Frame;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes AG-UI's events of one run, all of the same time. */
record AgUiEvent(Names names, Instant time) {
  /** Of the protocol that is spoken here. */
  static final String VERSION = "1.0";

  /** Events as one frame: an SSE message each, of which the last carries the position. */
  static Frame frame(List<ObjectNode> events, boolean last) {
    List<Frame> before =
        events.subList(0, events.size() - 1).stream().map(AgUiEvent::frame).toList();
    return new Frame("", Json.of(events.getLast()), before, last);
  }

  private static Frame frame(ObjectNode event) {
    return new Frame("", Json.of(event));
  }

  private ObjectNode event(String type) {
    return Json.MAPPER.createObjectNode().put("type", type).put("timestamp", time.toEpochMilli());
  }

  ObjectNode runStarted(String threadId, String runId) {
    return run("RUN_STARTED", threadId, runId).put("protocolVersion", VERSION);
  }

  ObjectNode runFinished(String threadId, String runId, String outcome) {
    ObjectNode event = run("RUN_FINISHED", threadId, runId);
    event.putObject("outcome").put("type", outcome);
    return event;
  }

  private ObjectNode run(String type, String threadId, String runId) {
    return event(type).put("threadId", threadId).put("runId", runId);
  }

  ObjectNode runError(String message, String code) {
    return event("RUN_ERROR").put("message", message).put("code", code);
  }

  ObjectNode stepStarted(String name) {
    return event("STEP_STARTED").put("stepName", name);
  }

  ObjectNode stepFinished(String name) {
    return event("STEP_FINISHED").put("stepName", name);
  }

  ObjectNode stateSnapshot(JsonNode state) {
    ObjectNode event = event("STATE_SNAPSHOT");
    event.set("snapshot", state);
    return event;
  }

  ObjectNode stateDelta(ArrayNode operations) {
    ObjectNode event = event("STATE_DELTA");
    event.set("delta", operations);
    return event;
  }

  ObjectNode messagesSnapshot(ArrayNode messages) {
    ObjectNode event = event("MESSAGES_SNAPSHOT");
    event.set("messages", messages);
    return event;
  }

  /** Opens a thought: for people as a message, else as reasoning. */
  List<ObjectNode> thoughtStarted(String id, ThoughtKind kind) {
    return switch (kind) {
      case ANSWER -> List.of(thought("TEXT_MESSAGE_START", id).put("role", "assistant"));
      case REASONING ->
          List.of(
              thought("REASONING_START", id),
              thought("REASONING_MESSAGE_START", id).put("role", "reasoning"));
    };
  }

  ObjectNode thoughtContent(String id, ThoughtKind kind, String delta) {
    String type =
        switch (kind) {
          case ANSWER -> "TEXT_MESSAGE_CONTENT";
          case REASONING -> "REASONING_MESSAGE_CONTENT";
        };
    return thought(type, id).put("delta", delta);
  }

  List<ObjectNode> thoughtEnded(String id, ThoughtKind kind) {
    return switch (kind) {
      case ANSWER -> List.of(thought("TEXT_MESSAGE_END", id));
      case REASONING -> List.of(thought("REASONING_MESSAGE_END", id), thought("REASONING_END", id));
    };
  }

  private ObjectNode thought(String type, String id) {
    return event(type).put("messageId", names.thought(id));
  }

  /** A call, whole. */
  List<ObjectNode> call(String id, String tool, JsonNode params) {
    return List.of(
        callEvent("TOOL_CALL_START", id).put("toolCallName", tool),
        callEvent("TOOL_CALL_ARGS", id).put("delta", params.toString()),
        callEvent("TOOL_CALL_END", id));
  }

  /**
   * @param status how it went, for those who look
   */
  ObjectNode callResult(String id, String content, String status) {
    ObjectNode event =
        callEvent("TOOL_CALL_RESULT", id)
            .put("messageId", names.result(id))
            .put("role", "tool")
            .put("content", content);
    event.putObject("metadata").put("status", status);
    return event;
  }

  private ObjectNode callEvent(String type, String id) {
    return event(type).put("toolCallId", names.call(id));
  }
}
