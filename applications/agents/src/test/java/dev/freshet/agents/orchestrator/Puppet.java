package dev.freshet.agents.orchestrator;

import dev.freshet.agents.event.Model;
import dev.freshet.agents.model.Models;
import dev.freshet.agents.model.Price;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** A model that answers what a test wants it to. */
final class Puppet implements StreamingChatModel {
  final List<ChatRequest> requests = new ArrayList<>();
  private final Deque<Function<ChatRequest, AiMessage>> answers = new ArrayDeque<>();
  private TokenUsage usage = new TokenUsage(100, 10);

  static ToolExecutionRequest call(String id, String tool, String arguments) {
    return ToolExecutionRequest.builder()
        .id(id)
        .name(tool)
        .arguments(arguments.replace('\'', '"'))
        .build();
  }

  Puppet says(String text) {
    answers.add(request -> AiMessage.from(text));
    return this;
  }

  Puppet plans(String... phases) {
    return says(
        "{\"goal\":\"g\",\"phases\":["
            + String.join(",", Arrays.stream(phases).map(p -> '"' + p + '"').toList())
            + "]}");
  }

  Puppet calls(ToolExecutionRequest... calls) {
    answers.add(request -> AiMessage.from(List.of(calls)));
    return this;
  }

  Puppet does(Function<ChatRequest, AiMessage> answer) {
    answers.add(answer);
    return this;
  }

  Puppet uses(int input, int output) {
    usage = new TokenUsage(input, output);
    return this;
  }

  /** Costs a dollar for a million tokens in, and ten for a million out. */
  Models models() {
    Price price = new Price(BigDecimal.ONE, BigDecimal.TEN);
    return new Models(List.of(new Models.Served(new Model("puppet", "test", false), this, price)));
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    requests.add(request);
    Function<ChatRequest, AiMessage> next = answers.size() > 1 ? answers.poll() : answers.peek();
    if (next == null) throw new IllegalStateException("no answer");
    AiMessage answer = next.apply(request);
    if (answer.thinking() != null)
      handler.onPartialThinking(
          new dev.langchain4j.model.chat.response.PartialThinking(answer.thinking()));
    if (answer.text() != null) handler.onPartialResponse(answer.text());
    handler.onCompleteResponse(
        ChatResponse.builder()
            .aiMessage(answer)
            .tokenUsage(usage)
            .finishReason(FinishReason.STOP)
            .build());
  }
}
