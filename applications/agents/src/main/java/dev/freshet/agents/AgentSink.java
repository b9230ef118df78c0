package dev.freshet.agents;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.Reduction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where the events of one run go: into this process's log, or to a server. Thread-safe. */
public interface AgentSink extends AutoCloseable {
  /**
   * Begins a run that was not begun yet, and answers the id that the server gave it.
   *
   * @param executionId as the agent names it; the same again is the same run
   */
  String start(String user, String executionId, String task, @Nullable Model model);

  /**
   * Appends one event, which is made of the run as it stands. May block; when it returns the event
   * is in its place, though it may still be on its way there.
   *
   * @throws dev.freshet.agents.event.EventOrderException if it may not come next
   * @throws dev.freshet.agents.event.RunEndedException if the run has ended
   */
  void append(Making event);

  /**
   * Waits for the answer to a question; null if there is none in that time. Where nobody can answer
   * there is none.
   *
   * @throws dev.freshet.agents.event.RunEndedException if the run ends meanwhile
   */
  default @Nullable Approval awaitApproval(String approvalId, Duration most)
      throws InterruptedException {
    return null;
  }

  /** How many UTF-16 units one thought may have. */
  int thoughtUnits();

  /** Waits until all is where it goes. */
  @Override
  void close();

  /** Makes the next event. Called with the run's lock held: must be quick. */
  @FunctionalInterface
  interface Making {
    AgentEvent of(Reduction run, Instant now);
  }
}
