package dev.freshet.agents.agui;

import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Step;
import dev.freshet.event.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation as it was before AG-UI's run began: for a client that has heard some of the run
 * and is told it from its beginning, since AG-UI's clients append what they are told to what they
 * have. A message of the run stays in its place, without its text.
 */
final class Restatement {
  private final Names names;
  private final Map<String, Step> before = new HashMap<>();

  /**
   * @param before the run as it was when AG-UI's began
   */
  Restatement(Names names, Optional<Execution> before) {
    this.names = names;
    before.ifPresent(run -> run.steps().forEach(step -> this.before.put(name(step), step)));
  }

  private String name(Step step) {
    return switch (step) {
      case Step.Thought thought -> names.thought(thought.thoughtId());
      case Step.Call call -> names.call(call.callId());
    };
  }

  /** The messages as they are to be; empty if they are that. */
  Optional<ArrayNode> of(JsonNode messages) {
    ArrayNode restated = Json.MAPPER.createArrayNode();
    messages.forEach(message -> restate(message).ifPresent(restated::add));
    return restated.equals(messages) ? Optional.empty() : Optional.of(restated);
  }

  private Optional<JsonNode> restate(JsonNode message) {
    Names.Part part = Names.Part.of(message.path("id").asString("")).orElse(null);
    if (part == null || !part.executionId().equals(names.executionId()))
      return Optional.of(message);
    Step step = before.get(part.thought() ? names.thought(part.id()) : names.call(part.id()));
    if (part.thought()) return Optional.of(said(message, step));
    if (part.call()) return Optional.of(step == null ? uncalled(message) : message);
    boolean answered = step != null && !step.unsettled();
    return answered ? Optional.of(message) : Optional.empty();
  }

  private static JsonNode said(JsonNode message, @Nullable Step step) {
    String text = step instanceof Step.Thought thought ? thought.text() : "";
    return ((ObjectNode) message.deepCopy()).put("content", text);
  }

  private static JsonNode uncalled(JsonNode message) {
    ObjectNode copy = (ObjectNode) message.deepCopy();
    copy.path("toolCalls")
        .forEach(call -> {
          if (call.path("function") instanceof ObjectNode function) function.put("arguments", "");
        });
    return copy;
  }
}
