package dev.freshet.agents.event;

import org.jspecify.annotations.Nullable;

/** What events make of a run: the function that all who show runs share. */
public final class Executions {
  private Executions() {}

  /**
   * The execution after one more event. Who has many events uses a {@link Reduction}, which copies
   * nothing.
   *
   * @param before null before the first event
   * @throws EventOrderException if the event may not come next
   * @throws RunEndedException if none may
   */
  public static Execution reduce(@Nullable Execution before, AgentEvent event) {
    Reduction run = before == null ? new Reduction() : Reduction.of(before);
    run.accept(event);
    return run.execution();
  }
}
