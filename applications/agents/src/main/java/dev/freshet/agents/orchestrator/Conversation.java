package dev.freshet.agents.orchestrator;

import dev.freshet.agents.event.ErrorCode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said between the agent and its model, bounded: when it grows past the bound, the oldest
 * results of tools make room, since a model can have them again. For one thread.
 */
final class Conversation {
  private static final int WORTH_CUTTING = 200;

  private final List<ChatMessage> messages = new ArrayList<>();
  private final int most;
  private long characters;

  Conversation(int most) {
    this.most = most;
  }

  List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  void add(ChatMessage message) {
    messages.add(message);
    characters += length(message);
  }

  /**
   * Makes room where that is needed.
   *
   * @throws RunFailure if there is too much that can't be left out
   */
  void fit() throws RunFailure {
    int newest = newestTurn();
    for (int i = 0; i < newest && characters > most; i++) {
      if (!(messages.get(i) instanceof ToolExecutionResultMessage result)) continue;
      long length = length(result);
      if (length < WORTH_CUTTING) continue;
      ChatMessage cut =
          ToolExecutionResultMessage.builder()
              .id(result.id())
              .toolName(result.toolName())
              .text("[" + length + " characters were left out here; call the tool again if needed]")
              .isError(result.isError())
              .build();
      messages.set(i, cut);
      characters += length(cut) - length;
    }
    if (characters > most)
      throw new RunFailure(
          ErrorCode.TOO_LARGE,
          "the conversation with the model has "
              + characters
              + " characters; it may have "
              + most
              + " (agents.conversation)");
  }

  /** Where the results begin that the model has not seen yet. */
  private int newestTurn() {
    int at = messages.size();
    while (at > 0 && messages.get(at - 1) instanceof ToolExecutionResultMessage) at--;
    return at;
  }

  private static long length(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> system.text().length();
      case UserMessage user -> user.singleText().length();
      case ToolExecutionResultMessage result -> result.text().length();
      case AiMessage ai ->
          length(ai.text())
              + length(ai.thinking())
              + ai.toolExecutionRequests().stream()
                  .map(ToolExecutionRequest::arguments)
                  .mapToLong(Conversation::length)
                  .sum();
      default -> 0;
    };
  }

  private static long length(@org.jspecify.annotations.Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
