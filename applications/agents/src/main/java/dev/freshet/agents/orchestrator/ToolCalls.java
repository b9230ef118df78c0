package dev.freshet.agents.orchestrator;

import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.Desk;
import dev.freshet.agents.Text;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.MadeFile;
import dev.freshet.agents.tool.Policy;
import dev.freshet.agents.tool.Sandbox;
import dev.freshet.agents.tool.Tool;
import dev.freshet.agents.tool.ToolException;
import dev.freshet.agents.tool.Toolbox;
import dev.freshet.event.Json;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs what a model calls, all calls of one answer side by side, each on a thread of its own. An
 * interrupt ends them all.
 */
final class ToolCalls {
  private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);
  private static final int AT_ONCE = 16;
  private static final int NAME = 64;

  /** For a tool that was told to leave off. */
  private static final Duration REST = Duration.ofMillis(700);

  private final Desk desk;
  private final AgentSseEmitter emitter;
  private final Toolbox tools;
  private final Sandbox sandbox;
  private final Duration time;
  private final TimeLimit limit;
  private int calls;

  ToolCalls(Desk desk, Toolbox tools, Sandbox sandbox, Duration time, TimeLimit limit) {
    this.desk = desk;
    this.emitter = desk.emitter();
    this.tools = tools;
    this.sandbox = sandbox;
    this.time = time;
    this.limit = limit;
  }

  /** What the model is told of a call. */
  private record Told(String text, boolean good) {
    static Told not(String why) {
      return new Told(why, false);
    }
  }

  /**
   * @param id this run's; what models call their calls may repeat
   * @param params null if they were no object
   */
  private record Call(
      String id, String tool, @Nullable JsonNode params, Optional<String> objection) {
    JsonNode shown() {
      return params == null ? Json.MAPPER.createObjectNode() : params;
    }
  }

  /** A call at work. */
  private record Working(Thread thread, CompletableFuture<Told> told) {}

  /** The results, in the order of the requests. */
  List<ToolExecutionResultMessage> run(List<ToolExecutionRequest> requests)
      throws InterruptedException {
    List<Working> working = new ArrayList<>();
    try {
      for (ToolExecutionRequest request : requests)
        working.add(begin(call(request), working.size()));
      List<ToolExecutionResultMessage> results = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++)
        results.add(message(requests.get(i), await(working.get(i))));
      return results;
    } finally {
      end(working);
    }
  }

  private static ToolExecutionResultMessage message(ToolExecutionRequest request, Told told) {
    return ToolExecutionResultMessage.builder()
        .id(request.id())
        .toolName(request.name())
        .text(told.text())
        .isError(!told.good())
        .build();
  }

  private Call call(ToolExecutionRequest request) {
    String name = Text.clean(request.name() == null ? "" : request.name());
    JsonNode params = Toolbox.params(request.arguments());
    return new Call(
        "c" + ++calls,
        name.length() <= NAME ? name : name.substring(0, NAME),
        params,
        tools.objection(name, params));
  }

  /** Tells of the calls in their order, whatever order they end in. */
  private Working begin(Call call, int place) {
    if (place >= AT_ONCE)
      return over(Told.not("not run: there may be " + AT_ONCE + " calls at once"));
    boolean ask = call.objection().isEmpty() && tools.policy(call.tool()) == Policy.ASK;
    if (!ask) emitter.toolStart(call.id(), call.tool(), call.shown());
    CompletableFuture<Told> told = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("agent-tool-" + call.tool())
            .start(() -> {
              try {
                told.complete(ask ? asked(call) : run(call));
              } catch (InterruptedException | RuntimeException ended) {
                told.completeExceptionally(ended);
              }
            });
    return new Working(thread, told);
  }

  private static Working over(Told told) {
    return new Working(Thread.currentThread(), CompletableFuture.completedFuture(told));
  }

  private Told asked(Call call) throws InterruptedException {
    Desk.Answer answer = answer(call);
    if (answer.decision() == Decision.APPROVED) {
      emitter.toolStart(call.id(), call.tool(), call.shown());
      return run(call);
    }
    if (answer.decision() == Decision.EXPIRED)
      return Told.not("not run: nobody approved the call in time");
    return Told.not(
        "not run: a person rejected the call"
            + (answer.reason() == null ? "" : ", and says: " + answer.reason()));
  }

  private Desk.Answer answer(Call call) throws InterruptedException {
    limit.pause();
    try {
      return desk.ask(call.id(), call.tool(), call.shown());
    } finally {
      limit.resume();
    }
  }

  private Told run(Call call) throws InterruptedException {
    if (call.objection().isPresent()) return failed(call, call.objection().get());
    try {
      Tool.Done done = timed(call);
      List<MadeFile> files =
          done.files().stream().map(f -> new MadeFile(f.path(), f.bytes())).toList();
      emitter.toolComplete(call.id(), done.result(), files);
      return new Told(done.result().toString(), true);
    } catch (ToolException failed) {
      return failed(call, failed.getMessage());
    }
  }

  private Told failed(Call call, String why) {
    emitter.toolFailed(call.id(), why);
    return Told.not(why);
  }

  /** On a thread of its own, which can be told to leave off while this one goes on. */
  private Tool.Done timed(Call call) throws ToolException, InterruptedException {
    CompletableFuture<Tool.Done> done = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("agent-tool-work")
            .start(() -> {
              try {
                done.complete(tools.run(call.tool(), sandbox, call.shown()));
              } catch (ToolException | InterruptedException | RuntimeException | Error failed) {
                done.completeExceptionally(failed);
              }
            });
    try {
      return done.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new ToolException("it took longer than " + time.toSeconds() + " s (agents.tool-time)");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof ToolException known) throw known;
      if (failed.getCause() instanceof InterruptedException) throw new InterruptedException();
      LOG.error("tool {} failed", call.tool(), failed.getCause());
      throw new ToolException("the server could not do it");
    } finally {
      thread.interrupt();
      if (!done.isDone()) rest(thread);
    }
  }

  private static void rest(Thread thread) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!thread.join(REST)) LOG.warn("a tool does not leave off");
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private static Told await(Working call) throws InterruptedException {
    try {
      return call.told().get();
    } catch (ExecutionException ended) {
      if (ended.getCause() instanceof RuntimeException refused) throw refused;
      if (ended.getCause() instanceof InterruptedException) throw new InterruptedException();
      throw new IllegalStateException(ended.getCause());
    }
  }

  /** Leaves nothing running. */
  private static void end(List<Working> working) {
    for (Working call : working) if (!call.told().isDone()) call.thread().interrupt();
    for (Working call : working) if (!call.told().isDone()) rest(call.thread());
  }
}
