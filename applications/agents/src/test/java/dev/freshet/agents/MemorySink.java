package dev.freshet.agents;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps a run's events. */
public final class MemorySink implements AgentSink {
  final List<AgentEvent> events = new ArrayList<>();
  final Reduction run = new Reduction();
  final AtomicLong millis = new AtomicLong(1_767_600_000_000L);
  private final int thoughtUnits;
  private int most = Integer.MAX_VALUE;

  public MemorySink(int thoughtUnits) {
    this.thoughtUnits = thoughtUnits;
  }

  @Override
  public String start(String user, String executionId, String task, Model model) {
    append((none, now) ->
        new AgentEvent.ExecutionStarted(now, executionId, task, user, now, model, null, true));
    return executionId;
  }

  public Execution execution() {
    return run.execution();
  }

  public List<AgentEvent> events() {
    return events;
  }

  /** From then on it is as if somebody had cancelled the run. */
  public void atMost(int count) {
    most = count;
  }

  @Override
  public synchronized void append(Making event) {
    if (events.size() == most) throw new RunEndedException(RunStatus.CANCELLED);
    AgentEvent made = event.of(run, Instant.ofEpochMilli(millis.get()));
    run.accept(made);
    events.add(made);
  }

  @Override
  public int thoughtUnits() {
    return thoughtUnits;
  }

  @Override
  public void close() {}
}
