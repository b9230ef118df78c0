import dev.freshet.agents.langchain.AssistantRuns;
import dev.freshet.agents.report.HttpSink;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import java.net.URI;

/** An assistant of LangChain4j's whose every answer is a run that people can watch. */
public final class Assistants {
  /** What it does. */
  public interface Assistant {
    String chat(String question);
  }

  public static Assistant watched(URI server, String token, String user, ChatModel model, Object... tools) {
    AssistantRuns runs =
        new AssistantRuns(
            invocation ->
                HttpSink.emitter(
                    server, () -> token, user, invocation.invocationId().toString()));
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .tools(tools)
        .registerListeners(runs.listeners())
        .build();
  }

  private Assistants() {}
}
