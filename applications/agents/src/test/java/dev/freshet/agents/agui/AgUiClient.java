package dev.freshet.agents.agui;

import dev.freshet.event.Json;
import dev.freshet.state.JsonPatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of AG-UI as its specification has it: refuses a stream that breaks a rule, and keeps the
 * conversation and the state that the stream tells of.
 */
final class AgUiClient {
  /** A message: what it says, or, of a call, its arguments. */
  final Map<String, String> messages = new LinkedHashMap<>();

  final Map<String, String> calls = new LinkedHashMap<>();
  final List<String> types = new ArrayList<>();
  JsonNode state = JsonNodeFactory.instance.objectNode();

  private final Set<String> open = new HashSet<>();
  private boolean running;
  private boolean failed;
  private boolean ended;
  private String runId = "";

  /** Whether the last run on the stream was ended. */
  boolean ended() {
    return ended;
  }

  void accept(JsonNode event) {
    String type = event.path("type").stringValue();
    types.add(type);
    require(event.path("timestamp").isIntegralNumber(), "a timestamp is an integer");
    if (type.equals("RUN_STARTED")) {
      require(!running, "a run starts while one is active");
      require(event.path("protocolVersion").stringValue().equals("1.0"), "speaks 1.0");
      running = true;
      failed = false;
      ended = false;
      runId = event.path("runId").stringValue();
      open.clear();
      return;
    }
    if (type.equals("RUN_ERROR")) {
      require(!failed, "an error follows an error");
      text(event, "message");
      running = false;
      failed = true;
      ended = true;
      return;
    }
    require(running, type + " outside of a run");
    inRun(type, event);
  }

  private void inRun(String type, JsonNode event) {
    switch (type) {
      case "RUN_FINISHED" -> finish(event);
      case "STEP_STARTED" -> open("step " + text(event, "stepName"));
      case "STEP_FINISHED" -> close("step " + text(event, "stepName"));
      case "TEXT_MESSAGE_START" -> begin("text", event);
      case "TEXT_MESSAGE_CONTENT" -> extend("text", event);
      case "TEXT_MESSAGE_END" -> close("text " + text(event, "messageId"));
      case "REASONING_START" -> open("span " + text(event, "messageId"));
      case "REASONING_MESSAGE_START" -> {
        require(text(event, "role").equals("reasoning"), "its role is fixed");
        begin("reasoning", event);
      }
      case "REASONING_MESSAGE_CONTENT" -> extend("reasoning", event);
      case "REASONING_MESSAGE_END" -> close("reasoning " + text(event, "messageId"));
      case "REASONING_END" -> close("span " + text(event, "messageId"));
      case "TOOL_CALL_START" -> {
        text(event, "toolCallName");
        open("call " + text(event, "toolCallId"));
        calls.putIfAbsent(text(event, "toolCallId"), "");
      }
      case "TOOL_CALL_ARGS" -> {
        isOpen("call " + text(event, "toolCallId"));
        calls.merge(text(event, "toolCallId"), text(event, "delta"), String::concat);
      }
      case "TOOL_CALL_END" -> close("call " + text(event, "toolCallId"));
      case "TOOL_CALL_RESULT" -> {
        require(calls.containsKey(text(event, "toolCallId")), "a result of a call");
        require(
            messages.put(text(event, "messageId"), text(event, "content")) == null,
            "a call has one result");
      }
      case "STATE_SNAPSHOT" -> state = event.get("snapshot");
      case "STATE_DELTA" -> {
        JsonNode delta = event.get("delta");
        require(delta.isArray() && !delta.isEmpty(), "a patch is an array");
        state = JsonPatch.parse(delta, JsonPatch.Bounds.DEFAULT).apply(state);
      }
      case "MESSAGES_SNAPSHOT" -> restate(event.get("messages"));
      default -> throw new AssertionError("unknown: " + type);
    }
  }

  private void finish(JsonNode event) {
    require(open.isEmpty(), "open at the end: " + open);
    require(text(event, "runId").equals(runId), "a run ends under its own id");
    JsonNode outcome = event.path("outcome");
    require(!event.path("result").isNull(), "a result is not null");
    switch (text(outcome, "type")) {
      case "success", "cancelled" -> {}
      case "interrupt" -> {
        require(!outcome.path("interrupts").isEmpty(), "an interrupt asks");
        for (JsonNode interrupt : outcome.path("interrupts")) {
          text(interrupt, "id");
          require(text(interrupt, "reason").equals("tool_call"), "it is about a call");
          require(calls.containsKey(text(interrupt, "toolCallId")), "that was told");
          require(interrupt.path("responseSchema").isObject(), "it has a schema");
          require(!interrupt.has("expiresAt") || !text(interrupt, "expiresAt").isEmpty(), "time");
        }
      }
      default -> throw new AssertionError("unknown outcome: " + outcome);
    }
    running = false;
    ended = true;
  }

  private void restate(JsonNode all) {
    messages.clear();
    calls.clear();
    for (JsonNode message : all) {
      if (message.path("content").isString())
        messages.put(text(message, "id"), text(message, "content"));
      for (JsonNode call : message.path("toolCalls"))
        calls.put(text(call, "id"), text(call.get("function"), "arguments"));
    }
  }

  private void begin(String kind, JsonNode event) {
    String id = text(event, "messageId");
    open(kind + " " + id);
    messages.putIfAbsent(id, "");
  }

  private void extend(String kind, JsonNode event) {
    String id = text(event, "messageId");
    isOpen(kind + " " + id);
    messages.merge(id, text(event, "delta"), String::concat);
  }

  private void open(String what) {
    require(open.add(what), what + " is open already");
  }

  private void isOpen(String what) {
    require(open.contains(what), what + " is not open");
  }

  private void close(String what) {
    require(open.remove(what), what + " is not open");
  }

  private static String text(JsonNode node, String member) {
    require(node.path(member).isString(), "has the text '" + member + "': " + node);
    return node.path(member).stringValue();
  }

  private static void require(boolean holds, String rule) {
    if (!holds) throw new AssertionError(rule);
  }

  /** The messages as a client sends them with its next request. */
  ObjectNode[] history() {
    List<ObjectNode> history = new ArrayList<>();
    messages.forEach((id, content) -> {
      String role = id.contains("/result/") ? "tool" : "assistant";
      history.add(
          Json.MAPPER.createObjectNode().put("id", id).put("role", role).put("content", content));
    });
    calls.forEach((id, arguments) -> {
      ObjectNode message = Json.MAPPER.createObjectNode().put("id", id).put("role", "assistant");
      ObjectNode call =
          message.putArray("toolCalls").addObject().put("id", id).put("type", "function");
      call.putObject("function").put("name", "any").put("arguments", arguments);
      history.add(message);
    });
    return history.toArray(ObjectNode[]::new);
  }
}
