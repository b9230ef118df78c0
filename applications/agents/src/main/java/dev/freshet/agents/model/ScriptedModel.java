package dev.freshet.agents.model;

import dev.freshet.event.Json;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;

/**
 * Stands in for a model where there is no network: it plays a {@link Script}, chosen by the task's
 * words. It knows of the run what a model knows, the messages, and goes by what the tools answer;
 * so the same task with the same files always runs the same way.
 */
public final class ScriptedModel implements StreamingChatModel {
  public static final String NAME = "scripted";
  private static final int CHARACTERS_OF_A_TOKEN = 4;

  private final Duration delay;

  /**
   * @param delay between two pieces of what it says
   */
  public ScriptedModel(Duration delay) {
    this.delay = delay;
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    List<ChatMessage> messages = request.messages();
    try {
      Script.Move move = move(messages, request.toolSpecifications());
      AiMessage answer = say(move, messages.size(), handler);
      TokenUsage usage = new TokenUsage(tokens(messages), tokens(answer));
      handler.onCompleteResponse(
          ChatResponse.builder()
              .aiMessage(answer)
              .tokenUsage(usage)
              .modelName(NAME)
              .finishReason(
                  answer.hasToolExecutionRequests()
                      ? FinishReason.TOOL_EXECUTION
                      : FinishReason.STOP)
              .build());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      handler.onError(stopped);
    } catch (RuntimeException failed) {
      handler.onError(failed);
    }
  }

  private static Script.Move move(List<ChatMessage> messages, List<ToolSpecification> tools) {
    String task =
        messages.stream()
            .flatMap(m -> Prompts.task(text(m)).stream())
            .findFirst()
            .orElseThrow(() -> new ScriptException("no task"));
    Script script = Script.of(task);
    int asked = lastAsked(messages);
    Optional<Integer> phase =
        asked < 0 ? Optional.empty() : Prompts.phase(text(messages.get(asked)));
    if (phase.isEmpty()) return new Script.Say("", plan(script, task));
    List<String> names =
        tools == null ? List.of() : tools.stream().map(ToolSpecification::name).toList();
    return script.next(
        new Script.Scene(
            task,
            phase.get(),
            results(messages.subList(0, asked)),
            results(messages.subList(asked, messages.size())),
            names));
  }

  private static int lastAsked(List<ChatMessage> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i) instanceof UserMessage) return i;
    }
    return -1;
  }

  private static String plan(Script script, String task) {
    var plan = Json.MAPPER.createObjectNode().put("goal", script.goal(task));
    ArrayNode phases = plan.putArray("phases");
    script.phases().forEach(phases::add);
    return plan.toString();
  }

  private static List<Script.Result> results(List<ChatMessage> messages) {
    Map<String, ToolExecutionRequest> calls = new LinkedHashMap<>();
    List<Script.Result> results = new ArrayList<>();
    for (ChatMessage message : messages) {
      if (message instanceof AiMessage ai)
        ai.toolExecutionRequests().forEach(call -> calls.put(call.id(), call));
      if (!(message instanceof ToolExecutionResultMessage result)) continue;
      ToolExecutionRequest call = calls.get(result.id());
      if (call == null) continue;
      results.add(
          new Script.Result(
              call.name(),
              Json.MAPPER.readTree(call.arguments()),
              result.text(),
              !Boolean.TRUE.equals(result.isError())));
    }
    return results;
  }

  private AiMessage say(Script.Move move, int place, StreamingChatResponseHandler handler)
      throws InterruptedException {
    Stopping stopping = new Stopping();
    stream(
        move.thought(),
        stopping,
        piece ->
            handler.onPartialThinking(
                new PartialThinking(piece), new PartialThinkingContext(stopping)));
    return switch (move) {
      case Script.Say say -> {
        stream(
            say.text(),
            stopping,
            piece ->
                handler.onPartialResponse(
                    new PartialResponse(piece), new PartialResponseContext(stopping)));
        yield AiMessage.builder().thinking(say.thought()).text(say.text()).build();
      }
      case Script.Act act ->
          AiMessage.builder()
              .thinking(act.thought())
              .toolExecutionRequests(calls(act, place))
              .build();
    };
  }

  private static List<ToolExecutionRequest> calls(Script.Act act, int place) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    for (Script.Call call : act.calls())
      calls.add(
          ToolExecutionRequest.builder()
              .id("scripted-" + place + "-" + calls.size())
              .name(call.tool())
              .arguments(call.params().toString())
              .build());
    return calls;
  }

  /** A word at a time, with what is between it and the next. */
  private void stream(String text, Stopping stopping, Consumer<String> piece)
      throws InterruptedException {
    int from = 0;
    while (from < text.length() && !stopping.isCancelled()) {
      int to = from;
      while (to < text.length() && !Character.isWhitespace(text.charAt(to))) to++;
      while (to < text.length() && Character.isWhitespace(text.charAt(to))) to++;
      if (Thread.interrupted()) throw new InterruptedException();
      if (delay.isPositive()) Thread.sleep(delay);
      piece.accept(text.substring(from, to));
      from = to;
    }
  }

  private static String text(ChatMessage message) {
    return switch (message) {
      case UserMessage user -> user.singleText();
      case SystemMessage system -> system.text();
      case ToolExecutionResultMessage result -> result.text();
      case AiMessage ai -> ai.text() == null ? "" : ai.text();
      default -> "";
    };
  }

  /** An estimate: nobody counts them. */
  private static int tokens(List<ChatMessage> messages) {
    return messages.stream()
        .mapToInt(m -> m instanceof AiMessage ai ? tokens(ai) : tokens(text(m)))
        .sum();
  }

  private static int tokens(AiMessage message) {
    String thought = message.thinking() == null ? "" : message.thinking();
    return tokens(thought + text(message))
        + message.toolExecutionRequests().stream().mapToInt(c -> tokens(c.arguments())).sum();
  }

  private static int tokens(String text) {
    return (text.length() + CHARACTERS_OF_A_TOKEN - 1) / CHARACTERS_OF_A_TOKEN;
  }

  /** Stops it between two pieces. */
  private static final class Stopping implements StreamingHandle {
    private volatile boolean cancelled;

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }
}
