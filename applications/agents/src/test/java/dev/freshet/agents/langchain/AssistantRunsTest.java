package dev.freshet.agents.langchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.MemorySink;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.CallStatus;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.event.ThoughtKind;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AssistantRunsTest {
  private final MemorySink sink = new MemorySink(1000);
  private final AssistantRuns runs =
      new AssistantRuns(
          invocation -> new AgentSseEmitter("ada", invocation.invocationId().toString(), sink));

  interface Assistant {
    String chat(String question);
  }

  interface StreamingAssistant {
    TokenStream chat(String question);
  }

  /** Multiplies, as assistants' tools do. */
  static final class Multiplier {
    @Tool("multiplies")
    int multiply(@P(name = "a", value = "one") int a, @P(name = "b", value = "other") int b) {
      return a * b;
    }
  }

  /** Calls two tools, the first of them twice alike, and then says what came of it. */
  private static ChatResponse answer(ChatRequest request) {
    List<String> results =
        request.messages().stream()
            .filter(ToolExecutionResultMessage.class::isInstance)
            .map(message -> ((ToolExecutionResultMessage) message).text())
            .toList();
    AiMessage message =
        results.isEmpty()
            ? AiMessage.builder()
                .text("I multiply.")
                .thinking("Six by seven?")
                .toolExecutionRequests(List.of(call("x"), call("x"), call("y")))
                .build()
            : AiMessage.from("It is " + results.getLast() + ".");
    return ChatResponse.builder().aiMessage(message).tokenUsage(new TokenUsage(10, 5)).build();
  }

  private static ToolExecutionRequest call(String id) {
    return ToolExecutionRequest.builder()
        .id(id)
        .name("multiply")
        .arguments("{\"a\":6,\"b\":7}")
        .build();
  }

  private static final class Answering implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      return answer(request);
    }
  }

  private static final class Streaming implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      handler.onPartialResponse("It");
      handler.onCompleteResponse(answer(request));
    }
  }

  @Test
  void assistant_isToldAsARun_withoutCodeOfItsOwn() {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(new Answering())
            .tools(new Multiplier())
            .registerListeners(runs.listeners())
            .build();
    assertThat(assistant.chat("What is six by seven?")).isEqualTo("It is 42.");
    told();
  }

  @Test
  void streamingAssistant_isToldAsARun() throws Exception {
    StreamingAssistant assistant =
        AiServices.builder(StreamingAssistant.class)
            .streamingChatModel(new Streaming())
            .tools(new Multiplier())
            .registerListeners(runs.listeners())
            .build();
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    assistant
        .chat("What is six by seven?")
        .onPartialResponse(piece -> {})
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    done.get(10, TimeUnit.SECONDS);
    told();
  }

  private void told() {
    Execution run = sink.execution();
    assertThat(run.task()).isEqualTo("What is six by seven?");
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.result().asString()).isEqualTo("It is 42.");
    assertThat(run.usage().totalTokens()).isEqualTo(30);
    assertThat(run.usage().iterations()).isEqualTo(2);
    assertThat(run.steps())
        .filteredOn(Step.Thought.class::isInstance)
        .extracting(step -> ((Step.Thought) step).text())
        .containsExactly("Six by seven?", "I multiply.", "It is 42.");
    assertThat(((Step.Thought) run.steps().getLast()).thinking()).isEqualTo(ThoughtKind.ANSWER);
    assertThat(run.steps())
        .filteredOn(Step.Call.class::isInstance)
        .hasSize(3)
        .allSatisfy(step -> {
          Step.Call call = (Step.Call) step;
          assertThat(call.status()).isEqualTo(CallStatus.SUCCEEDED);
          assertThat(call.params().path("a").asInt()).isEqualTo(6);
          assertThat(call.result().asString()).isEqualTo("42");
        });
  }

  @Test
  void assistantThatFails_endsItsRun_andTellsNoSecret() {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(
                new ChatModel() {
                  @Override
                  public ChatResponse doChat(ChatRequest request) {
                    throw new IllegalStateException("key sk-123 was refused");
                  }
                })
            .registerListeners(runs.listeners())
            .build();
    assertThatThrownBy(() -> assistant.chat("x")).hasMessageContaining("sk-123");
    AgentEvent.ExecutionError error = (AgentEvent.ExecutionError) sink.events().getLast();
    assertThat(error.error()).contains("IllegalStateException").doesNotContain("sk-123");
  }

  @Test
  void runThatCannotBeTold_isNotTheAssistantsTrouble() {
    AssistantRuns broken =
        new AssistantRuns(invocation -> {
          throw new IllegalStateException("no server");
        });
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(new Answering())
            .tools(new Multiplier())
            .registerListeners(broken.listeners())
            .build();
    assertThat(assistant.chat("x")).isEqualTo("It is 42.");
  }

  @Test
  void runThatWasCancelled_letsTheAssistantFinish() {
    sink.atMost(3);
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(new Answering())
            .tools(new Multiplier())
            .registerListeners(runs.listeners())
            .build();
    assertThat(assistant.chat("x")).isEqualTo("It is 42.");
    assertThat(sink.events()).hasSize(3);
  }
}
