package dev.freshet.agents.langchain;

import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.agents.event.Usage;
import dev.freshet.event.Json;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceErrorEvent;
import dev.langchain4j.observability.api.event.AiServiceResponseReceivedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.event.ToolExecutedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One invocation of an assistant, told as a run. Thread-safe, as tools may run side by side. */
final class AssistantRun {
  private static final String NOT_RUN = "It was not run.";

  private final AgentSseEmitter emitter;
  private final Map<ToolExecutionRequest, Deque<String>> calls = new LinkedHashMap<>();
  private Usage usage = Usage.NONE;
  private String answer = "";
  private int iteration;
  private int called;

  AssistantRun(AgentSseEmitter emitter) {
    this.emitter = emitter;
  }

  synchronized void started(AiServiceStartedEvent event, @Nullable Model model) {
    emitter.executionStarted(text(event.userMessage()), model);
  }

  private static String text(UserMessage message) {
    String text =
        message.contents().stream()
            .map(content ->
                content instanceof TextContent words ? words.text() : "[" + content.type() + "]")
            .collect(Collectors.joining("\n"));
    return text.isEmpty() ? "(nothing)" : text;
  }

  synchronized void responded(AiServiceResponseReceivedEvent event) {
    ChatResponse response = event.response();
    AiMessage message = response.aiMessage();
    iteration++;
    think(".reasoning", ThoughtKind.REASONING, message.thinking());
    boolean last = !message.hasToolExecutionRequests();
    think("", last ? ThoughtKind.ANSWER : ThoughtKind.REASONING, message.text());
    if (last && message.text() != null) answer = message.text();
    use(response.tokenUsage());
    message.toolExecutionRequests().forEach(this::call);
  }

  private void think(String suffix, ThoughtKind kind, @Nullable String text) {
    if (text == null || text.isBlank()) return;
    emitter.thinking("thought-" + iteration + suffix, iteration, kind, text);
  }

  private void use(@Nullable TokenUsage used) {
    usage =
        new Usage(
            usage.inputTokens() + count(used == null ? null : used.inputTokenCount()),
            usage.outputTokens() + count(used == null ? null : used.outputTokenCount()),
            usage.totalTokens() + count(used == null ? null : used.totalTokenCount()),
            null,
            iteration);
    emitter.usage(usage);
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }

  private void call(ToolExecutionRequest request) {
    String id = "call-" + ++called;
    emitter.toolStart(id, request.name(), params(request.arguments()));
    calls.computeIfAbsent(request, r -> new ArrayDeque<>()).add(id);
  }

  /** What the model wrote, if it is an object; otherwise as it wrote it. */
  private static JsonNode params(@Nullable String arguments) {
    if (arguments == null || arguments.isBlank()) return Json.MAPPER.createObjectNode();
    try {
      JsonNode parsed = Json.MAPPER.readTree(arguments);
      if (parsed.isObject()) return parsed;
    } catch (JacksonException noJson) {
      // Shown as it is.
    }
    return Json.MAPPER.createObjectNode().put("arguments", arguments);
  }

  synchronized void executed(ToolExecutedEvent event) {
    Deque<String> ids = calls.getOrDefault(event.request(), new ArrayDeque<>());
    String id = ids.poll();
    if (id == null) return;
    String result = event.resultText();
    emitter.toolComplete(id, result == null ? null : Json.from(result).node());
  }

  synchronized void completed(AiServiceCompletedEvent event) {
    closeCalls();
    emitter.executionComplete(result(event.result().orElse(null)));
  }

  private void closeCalls() {
    for (Deque<String> ids : calls.values()) {
      for (String id : List.copyOf(ids)) emitter.toolFailed(id, NOT_RUN);
      ids.clear();
    }
  }

  private String result(@Nullable Object made) {
    if (made instanceof String text) return text;
    if (made == null || made instanceof ChatResponse || isMessage(made)) return answer;
    return answer.isEmpty() ? made.toString() : answer;
  }

  private static boolean isMessage(Object made) {
    return made instanceof ChatMessage message && message.type() == ChatMessageType.AI;
  }

  /** What went wrong may tell what nobody else should read: only its kind is told. */
  synchronized void failed(AiServiceErrorEvent event) {
    String kind = event.error().getClass().getSimpleName();
    emitter.executionError(ErrorCode.AGENT_FAILED, "The assistant failed: " + kind + ".");
  }

  /** Without a wait: the assistant has its answer. */
  void close() {
    Thread.ofVirtual().name("agent-run-told").start(emitter::close);
  }
}
