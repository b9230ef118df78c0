package dev.freshet.agents.langchain;

import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.RunEndedException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceErrorEvent;
import dev.langchain4j.observability.api.event.AiServiceEvent;
import dev.langchain4j.observability.api.event.AiServiceResponseReceivedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.event.ToolExecutedEvent;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to an assistant of LangChain4j's {@code AiServices} and tells of each of its invocations
 * as a run: what it was asked, what the model thought and answered, the tools that it called, and
 * what it used. The assistant needs no other code than this:
 *
 * <pre>{@code
 * AssistantRuns runs = new AssistantRuns(invocation ->
 *     HttpSink.emitter(server, token, "ada", invocation.invocationId().toString()));
 * AiServices.builder(Assistant.class)
 *     .chatModel(model)
 *     .tools(tools)
 *     .registerListeners(runs.listeners())
 *     .build();
 * }</pre>
 *
 * That a run can't be told of is logged, and never the assistant's trouble. Tools count as begun
 * when the model asks for them. Thread-safe.
 */
public final class AssistantRuns {
  private static final Logger LOG = LoggerFactory.getLogger(AssistantRuns.class);

  private final Function<InvocationContext, AgentSseEmitter> emitters;
  private final @Nullable Model model;
  private final Map<UUID, AssistantRun> running = new ConcurrentHashMap<>();

  /**
   * @param emitters one for each invocation, whose run has not begun
   */
  public AssistantRuns(Function<InvocationContext, AgentSseEmitter> emitters) {
    this(emitters, null);
  }

  /**
   * @param emitters one for each invocation, whose run has not begun
   * @param model that the assistant uses
   */
  public AssistantRuns(
      Function<InvocationContext, AgentSseEmitter> emitters, @Nullable Model model) {
    this.emitters = emitters;
    this.model = model;
  }

  /** To be registered with the assistant's {@code AiServices}. */
  public List<AiServiceListener<?>> listeners() {
    return List.of(
        new Listener<>(AiServiceStartedEvent.class, this::started),
        new Listener<>(AiServiceResponseReceivedEvent.class, onRun(AssistantRun::responded)),
        new Listener<>(ToolExecutedEvent.class, onRun(AssistantRun::executed)),
        new Listener<>(AiServiceCompletedEvent.class, ending(AssistantRun::completed)),
        new Listener<>(AiServiceErrorEvent.class, ending(AssistantRun::failed)));
  }

  private record Listener<E extends AiServiceEvent>(
      Class<E> getEventClass, BiConsumer<UUID, E> hears) implements AiServiceListener<E> {
    @Override
    public void onEvent(E event) {
      hears.accept(event.invocationContext().invocationId(), event);
    }
  }

  private void started(UUID id, AiServiceStartedEvent event) {
    try {
      AssistantRun run = new AssistantRun(emitters.apply(event.invocationContext()));
      run.started(event, model);
      running.put(id, run);
    } catch (RuntimeException failed) {
      LOG.warn("an assistant's run can't be told of", failed);
    }
  }

  private <E extends AiServiceEvent> BiConsumer<UUID, E> onRun(BiConsumer<AssistantRun, E> tell) {
    return (id, event) -> {
      AssistantRun run = running.get(id);
      if (run != null && !told(run, event, tell)) running.remove(id);
    };
  }

  private <E extends AiServiceEvent> BiConsumer<UUID, E> ending(BiConsumer<AssistantRun, E> tell) {
    return (id, event) -> {
      AssistantRun run = running.remove(id);
      if (run != null && told(run, event, tell)) run.close();
    };
  }

  private static <E> boolean told(AssistantRun run, E event, BiConsumer<AssistantRun, E> tell) {
    try {
      tell.accept(run, event);
      return true;
    } catch (RunEndedException ended) {
      LOG.info("{}; the assistant goes on untold", ended.getMessage());
    } catch (RuntimeException failed) {
      LOG.warn("an assistant's run can't be told of any more", failed);
    }
    return false;
  }
}
