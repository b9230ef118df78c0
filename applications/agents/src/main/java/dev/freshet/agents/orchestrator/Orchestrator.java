package dev.freshet.agents.orchestrator;

import dev.freshet.agents.Agent;
import dev.freshet.agents.Desk;
import dev.freshet.agents.Task;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.model.Models;
import dev.freshet.agents.tool.Sandbox;
import dev.freshet.agents.tool.Toolbox;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The server's agent (PROTOCOL §8.9): makes a plan, then for each phase asks the model, runs the
 * tools that it calls and tells it their results, until it calls no more.
 */
public final class Orchestrator implements Agent {
  private final Models models;
  private final Toolbox tools;
  private final Settings settings;

  /**
   * @param limits the greatest that a run may have
   * @param sandbox bounds of a run's directory
   * @param toolTime of one call
   * @param conversation characters that a model is sent at once
   * @param attempts at one answer of a model
   * @param pace pieces of thoughts are sent at most this often
   */
  public record Settings(
      Limits limits,
      Sandbox.Bounds sandbox,
      Duration toolTime,
      int conversation,
      int attempts,
      Duration pace) {
    public static final Settings DEFAULT =
        new Settings(
            new Limits(50, 600, 500_000, BigDecimal.ONE),
            new Sandbox.Bounds(1 << 20, 500, 16 << 20),
            Duration.ofMinutes(1),
            400_000,
            4,
            Duration.ofMillis(50));
  }

  public Orchestrator(Settings settings, Models models, Toolbox tools) {
    this.settings = settings;
    this.models = models;
    this.tools = tools;
  }

  @Override
  public Offer offer() {
    return new Offer(
        models.models(),
        tools.tools().stream()
            .map(t -> new Tool(t.name(), t.description(), t.policy().wire(), t.schema()))
            .toList(),
        settings.limits());
  }

  @Override
  public void run(Task task, Desk desk) throws InterruptedException {
    Models.Served model = models.find(task.model().name());
    if (model == null) throw new IllegalArgumentException("no model " + task.model().name());
    Sandbox sandbox = Sandbox.at(task.directory(), settings.sandbox());
    Duration time = Duration.ofSeconds(task.limits().seconds());
    try (TimeLimit limit = TimeLimit.begin(time)) {
      try {
        new Work(task, desk, model, sandbox, tools, settings, limit).carryOut();
      } catch (RunFailure failed) {
        end(desk, failed);
      } catch (RunEndedException ended) {
        // Somebody else ended it; there is nothing to tell.
      } catch (InterruptedException | RuntimeException stopped) {
        if (!limit.expired()) throw stopped;
        boolean unused = Thread.interrupted();
        end(desk, late(time));
      }
    }
  }

  private static RunFailure late(Duration time) {
    return new RunFailure(
        ErrorCode.TIME_EXCEEDED,
        "the run took longer than " + time.toSeconds() + " s, which is its limit");
  }

  private static void end(Desk desk, RunFailure failed) {
    try {
      desk.emitter().executionError(failed.code(), failed.getMessage());
    } catch (RunEndedException ended) {
      // Somebody else was first.
    }
  }
}
