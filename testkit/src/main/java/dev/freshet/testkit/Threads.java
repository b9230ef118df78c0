package dev.freshet.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ThrowingRunnable;

/** Doing things at the same time, and waiting for what comes of it. */
final class Threads {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(5);

  private Threads() {}

  interface Body {
    void run(int index) throws Exception;
  }

  /**
   * Runs the body once for each index, all at the same time, and throws what any of them throws.
   */
  static void inParallel(int count, Body body) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      for (int i = 0; i < count; i++) {
        int index = i;
        running.add(
            threads.submit(() -> {
              body.run(index);
              return null;
            }));
      }
    }
    for (Future<?> one : running) one.get();
  }

  interface Waiting {
    void run() throws InterruptedException;
  }

  static void uninterrupted(Waiting waiting) {
    try {
      waiting.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).untilAsserted(assertion);
  }
}
