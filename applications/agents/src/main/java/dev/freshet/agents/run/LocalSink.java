package dev.freshet.agents.run;

import dev.freshet.Tenant;
import dev.freshet.agents.AgentSink;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Model;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Into this process's log. What was appended is durable when the call returns (L1). */
public final class LocalSink implements AgentSink {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Runs runs;
  private final Tenant tenant;
  private volatile @Nullable RunWriter writer;

  LocalSink(Runs runs, Tenant tenant, @Nullable RunWriter writer) {
    this.runs = runs;
    this.tenant = tenant;
    this.writer = writer;
  }

  /** For a run that the emitter begins. */
  public LocalSink(Runs runs, Tenant tenant) {
    this(runs, tenant, null);
  }

  @Override
  public String start(String user, String executionId, String task, @Nullable Model model) {
    if (writer != null) throw new IllegalStateException("the run has begun already");
    Beginning beginning = Beginning.told(user, task, model, false, executionId);
    String id = runs.begin(tenant, beginning).orElseThrow().id();
    writer = runs.writer(tenant, new RunTopics(id)).orElseThrow();
    return id;
  }

  @Override
  public void append(Making event) {
    Objects.requireNonNull(writer, "the run has not begun").append(event);
  }

  @Override
  public @Nullable Approval awaitApproval(String approvalId, Duration most)
      throws InterruptedException {
    RunWriter run = Objects.requireNonNull(writer, "the run has not begun");
    long deadline = System.nanoTime() + most.toNanos();
    while (true) {
      Approval asked = run.approval(approvalId);
      if (asked != null && asked.decision() != null) return asked;
      if (System.nanoTime() >= deadline) return null;
      Thread.sleep(LOOK);
    }
  }

  @Override
  public int thoughtUnits() {
    return runs.settings().thought();
  }

  @Override
  public void close() {}
}
