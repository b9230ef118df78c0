package dev.freshet.agents.run;

import dev.freshet.agents.Text;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.MadeFile;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.Plan;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an event what a run may carry: clean, and with references in place of what is long. Holds
 * what they refer to. For one batch.
 */
final class Shaping {
  private static final String PARAMS = "params";
  private static final String RESULT = "result";

  /** Of params and results; a state, where they are some levels down, may not have many more. */
  private static final int LEVELS = 64;

  private final RunTopics topics;
  private final RunSettings settings;
  private final Map<Topic, ObjectNode> wholes = new HashMap<>();

  Shaping(RunTopics topics, RunSettings settings) {
    this.topics = topics;
    this.settings = settings;
  }

  /** What is to be kept apart, by topic: members to be set there. */
  Map<Topic, ObjectNode> wholes() {
    return wholes;
  }

  AgentEvent shape(AgentEvent event) {
    return switch (event) {
      case AgentEvent.PlanCreated e -> new AgentEvent.PlanCreated(e.timestamp(), plan(e.plan()));
      case AgentEvent.PhaseStart e ->
          new AgentEvent.PhaseStart(
              e.timestamp(), e.phaseId(), name(e.phaseName()), e.phaseIndex());
      case AgentEvent.PhaseComplete e ->
          new AgentEvent.PhaseComplete(
              e.timestamp(), e.phaseId(), name(e.phaseName()), e.phaseIndex(), e.duration());
      case AgentEvent.ThinkingDelta e ->
          new AgentEvent.ThinkingDelta(
              e.timestamp(),
              e.thoughtId(),
              e.iteration(),
              e.kind(),
              e.at(),
              thought(e.delta(), e.at()));
      case AgentEvent.Thinking e ->
          new AgentEvent.Thinking(
              e.timestamp(),
              e.thoughtId(),
              e.iteration(),
              e.kind(),
              thought(e.thought(), 0),
              e.streamed());
      case AgentEvent.ApprovalRequested e ->
          new AgentEvent.ApprovalRequested(
              e.timestamp(),
              e.approvalId(),
              e.callId(),
              name(e.toolName()),
              params(e.callId(), e.params()),
              e.expiresAt(),
              e.open());
      case AgentEvent.ApprovalResolved e ->
          new AgentEvent.ApprovalResolved(
              e.timestamp(),
              e.approvalId(),
              e.callId(),
              e.decision(),
              line(e.by()),
              line(e.reason()));
      case AgentEvent.ToolStart e ->
          new AgentEvent.ToolStart(
              e.timestamp(), e.callId(), name(e.toolName()), params(e.callId(), e.params()));
      case AgentEvent.ToolComplete e ->
          new AgentEvent.ToolComplete(
              e.timestamp(),
              e.callId(),
              name(e.toolName()),
              e.status(),
              result(e.callId(), e.result()),
              line(e.error()),
              e.duration(),
              e.files().stream().map(f -> new MadeFile(name(f.path()), f.bytes())).toList());
      case AgentEvent.ExecutionComplete e ->
          new AgentEvent.ExecutionComplete(
              e.timestamp(), result(e.result()), e.duration(), e.tokensUsed());
      case AgentEvent.ExecutionError e ->
          new AgentEvent.ExecutionError(
              e.timestamp(), cut(Text.clean(e.error())), e.code(), e.duration(), e.open());
      case AgentEvent.ExecutionCancelled e ->
          new AgentEvent.ExecutionCancelled(
              e.timestamp(), cut(Text.clean(e.by())), line(e.reason()), e.duration(), e.open());
      case AgentEvent.ExecutionStarted e -> e;
      case AgentEvent.UsageUpdated e -> e;
    };
  }

  private Plan plan(Plan plan) {
    List<Plan.PlannedPhase> phases =
        plan.phases().stream().map(p -> new Plan.PlannedPhase(p.id(), name(p.name()))).toList();
    return new Plan(cut(Text.clean(plan.goal())), phases);
  }

  /** A model as it may be named. */
  static @Nullable Model model(@Nullable Model model) {
    return model == null
        ? null
        : new Model(name(model.name()), name(model.provider()), model.scripted());
  }

  private static String name(String text) {
    String name = Text.clean(text);
    if (name.length() <= RunException.NAME) return name;
    throw RunException.tooLong("a name or path", name.length(), RunException.NAME);
  }

  private String thought(String text, int at) {
    long length = (long) at + text.length();
    if (length > settings.thought())
      throw RunException.tooLong("a thought", length, settings.thought());
    return Text.cleanUnits(text);
  }

  private @Nullable String line(@Nullable String text) {
    return text == null ? null : cut(Text.clean(text));
  }

  /** The text; where it is too long its beginning, which says so. */
  private String cut(String text) {
    return cut(text, settings.preview());
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) return text;
    return beginning(text, most) + "\n… (cut: " + text.length() + " characters)";
  }

  private static String beginning(String text, int most) {
    if (text.length() <= most) return text;
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  private JsonNode params(String callId, JsonNode params) {
    if (!params.isObject())
      throw new RunException(RunException.Kind.WRONG, "the params of a tool are an object");
    JsonNode clean = Text.clean(params);
    JsonNode shown = shown(clean, "results/" + callId);
    if (!shown.equals(clean)) keep(topics.result(callId), PARAMS, clean);
    return shown;
  }

  private @Nullable JsonNode result(String callId, @Nullable JsonNode result) {
    return result == null ? null : result(topics.result(callId), "results/" + callId, result);
  }

  private @Nullable JsonNode result(@Nullable JsonNode result) {
    return result == null ? null : result(topics.result(), RESULT, result);
  }

  private JsonNode result(Topic topic, String href, JsonNode result) {
    JsonNode clean = Text.clean(result);
    JsonNode shown = shown(clean, href);
    if (!shown.equals(clean)) keep(topic, RESULT, clean);
    return shown;
  }

  /** Puts a whole where it is kept; what has no room there even alone is kept as cut text. */
  private void keep(Topic topic, String member, JsonNode whole) {
    int most = settings.eventBytes() / 2 - RunException.NAME;
    Json text = Json.of(whole);
    JsonNode kept = whole;
    if (text.length() > most || deep(whole, LEVELS)) {
      String all = whole.isString() ? whole.stringValue() : text.toString();
      kept = JsonNodeFactory.instance.stringNode(cut(all, most / MOST_BYTES_A_UNIT));
    }
    wholes.computeIfAbsent(topic, t -> JsonNodeFactory.instance.objectNode()).set(member, kept);
  }

  /** Of JSON text: a unit takes at most three bytes in UTF-8, and two where it is escaped. */
  private static final int MOST_BYTES_A_UNIT = 3;

  private JsonNode shown(JsonNode whole, String href) {
    JsonNode shown = previews(whole, href);
    Json text = Json.of(shown);
    if (text.length() <= 4 * settings.preview() && !deep(shown, LEVELS)) return shown;
    return reference(Json.of(whole).toString(), href);
  }

  private static boolean deep(JsonNode node, int levels) {
    if (!node.isContainer()) return false;
    return levels == 0 || node.valueStream().anyMatch(child -> deep(child, levels - 1));
  }

  private JsonNode previews(JsonNode node, String href) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(m -> shown.set(m.getKey(), previews(m.getValue(), href)));
        yield shown;
      }
      case ArrayNode array -> {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> shown.add(previews(element, href)));
        yield shown;
      }
      default ->
          node.isString() && node.stringValue().length() > settings.preview()
              ? reference(node.stringValue(), href)
              : node;
    };
  }

  private ObjectNode reference(String text, String href) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("preview", beginning(text, settings.preview()))
        .put("bytes", text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
        .put("href", href);
  }
}
