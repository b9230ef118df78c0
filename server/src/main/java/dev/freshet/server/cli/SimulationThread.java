package dev.freshet.server.cli;

import dev.freshet.client.ProblemException;
import dev.freshet.simulator.Simulation;
import java.time.Duration;
import java.util.function.Consumer;

/** A simulation on a thread of its own. */
final class SimulationThread {
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private final Simulation simulation;
  private final Consumer<RuntimeException> whenRefused;
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);
  private volatile boolean refused;

  SimulationThread(Simulation simulation, Consumer<RuntimeException> whenRefused) {
    this.simulation = simulation;
    this.whenRefused = whenRefused;
  }

  private void run() {
    try {
      simulation.run();
    } catch (ProblemException e) {
      refused = true;
      whenRefused.accept(e);
    }
  }

  void start() {
    thread.start();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits for an interrupted simulation to tell that its session is over. */
  void awaitLastWords() {
    try {
      thread.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end, and tells whether it was not a refusal. */
  boolean join() throws InterruptedException {
    thread.join();
    return !refused;
  }
}
