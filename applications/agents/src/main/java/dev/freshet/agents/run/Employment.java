package dev.freshet.agents.run;

import dev.freshet.agents.Agent;
import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.Desk;
import dev.freshet.agents.Task;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.EventOrderException;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One run of the server's own agent, on a thread of its own. */
final class Employment implements Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Employment.class);
  private static final Duration REST = Duration.ofSeconds(10);
  private static final String NO_END = "The agent stopped without a result.";
  private static final String FULL = "The run became too large.";
  private static final String FAILED = "The agent failed.";

  private final AgentSseEmitter emitter;
  private final RunWriter writer;
  private final Task task;
  private final Duration lasts;
  private final Map<String, CompletableFuture<Answer>> questions = new ConcurrentHashMap<>();
  private final List<Runnable> stops = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable RunStatus over;
  private volatile @Nullable Thread thread;

  Employment(LocalSink sink, RunWriter writer, Task task, Duration lasts) {
    this.emitter = new AgentSseEmitter(task.owner(), task.executionId(), sink);
    this.writer = writer;
    this.task = task;
    this.lasts = lasts;
  }

  void begin(Agent agent, Runnable done) {
    thread =
        Thread.ofVirtual()
            .name("agent-run-" + task.executionId())
            .start(() -> {
              try {
                work(agent);
              } finally {
                done.run();
              }
            });
  }

  private void work(Agent agent) {
    try {
      agent.run(task, this);
      fail(ErrorCode.AGENT_FAILED, NO_END);
    } catch (RunEndedException ended) {
      // Somebody has ended it, and the agent has noticed.
    } catch (RunException full) {
      LOG.info("run {} has no room: {}", task.executionId(), full.getMessage());
      fail(ErrorCode.TOO_LARGE, FULL);
    } catch (InterruptedException | RuntimeException failed) {
      if (over == null) LOG.warn("run {} failed", task.executionId(), failed);
      fail(ErrorCode.AGENT_FAILED, FAILED);
    }
  }

  /** Ends the run, unless it has ended. */
  private void fail(ErrorCode code, String why) {
    try {
      // An interrupt was meant for the agent, not for this write.
      boolean unused = Thread.interrupted();
      if (over == null) writer.append((run, now) -> Runs.failure(run, now, code, why));
    } catch (RunEndedException ended) {
      // As it should.
    } catch (RuntimeException failed) {
      LOG.error("run {} could not be ended", task.executionId(), failed);
    }
  }

  /** Takes note of what is in the log; with the writer's lock held. */
  void hear(AgentEvent event) {
    switch (event) {
      case AgentEvent.ApprovalResolved answer -> {
        CompletableFuture<Answer> question = questions.get(answer.approvalId());
        if (question != null) question.complete(new Answer(answer.decision(), answer.reason()));
      }
      case AgentEvent.ExecutionComplete ended -> over = RunStatus.COMPLETED;
      case AgentEvent.ExecutionError ended -> cut(RunStatus.FAILED);
      case AgentEvent.ExecutionCancelled ended -> cut(RunStatus.CANCELLED);
      default -> {}
    }
  }

  private void cut(RunStatus status) {
    over = status;
    Thread running = thread;
    if (Thread.currentThread().equals(running)) return;
    Thread.ofVirtual()
        .start(() -> {
          questions.values().forEach(q -> q.completeExceptionally(new RunEndedException(status)));
          stops.forEach(Employment::stop);
          if (running != null) running.interrupt();
        });
  }

  private static void stop(Runnable stop) {
    try {
      stop.run();
    } catch (RuntimeException failed) {
      LOG.warn("what a cancelled run had under way could not be stopped", failed);
    }
  }

  /** Waits until the agent is done, for a bounded time. */
  void awaitRest() {
    try {
      Thread running = thread;
      if (running != null && !running.equals(Thread.currentThread())) {
        boolean unused = running.join(REST);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public AgentSseEmitter emitter() {
    return emitter;
  }

  @Override
  public Answer ask(String callId, String toolName, JsonNode params) throws InterruptedException {
    String id = "approval-" + asked.incrementAndGet();
    CompletableFuture<Answer> question = new CompletableFuture<>();
    questions.put(id, question);
    try {
      emitter.approvalRequested(id, callId, toolName, params, lasts);
      return question.get(lasts.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return expired(id, question);
    } catch (ExecutionException ended) {
      throw new RunEndedException(Objects.requireNonNullElse(over, RunStatus.CANCELLED));
    } finally {
      questions.remove(id);
    }
  }

  /** Nobody has answered; unless somebody just has. */
  private Answer expired(String id, CompletableFuture<Answer> question) {
    try {
      emitter.approvalResolved(id, Decision.EXPIRED, null, null);
    } catch (EventOrderException answered) {
      LOG.debug("approval {} was answered at the last moment", id);
    }
    return question.join();
  }

  @Override
  public boolean ended() {
    return over != null;
  }

  @Override
  public void onCancel(Runnable stop) {
    stops.add(stop);
    if (over != null) stop(stop);
  }
}
