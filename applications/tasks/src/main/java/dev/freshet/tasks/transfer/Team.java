package dev.freshet.tasks.transfer;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Work done side by side, that succeeds or comes to rest together. */
final class Team {
  private Team() {}

  /** A part of the work. */
  @FunctionalInterface
  interface Member {
    void run() throws TransferException, SourceChangedException, InterruptedException;
  }

  /**
   * Runs all members, each on a thread of its own. When one fails, or the caller is interrupted,
   * the others are interrupted; when this returns, none runs any more.
   */
  static void run(List<Member> members)
      throws TransferException, SourceChangedException, InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      CompletionService<Boolean> results = new ExecutorCompletionService<>(threads);
      for (Member member : members) {
        results.submit(() -> {
          member.run();
          return true;
        });
      }
      for (int i = 0; i < members.size(); i++) results.take().get();
    } catch (ExecutionException failed) {
      throw reason(failed);
    } finally {
      threads.shutdownNow();
      awaitRest(threads);
    }
  }

  private static RuntimeException reason(ExecutionException failed)
      throws TransferException, SourceChangedException, InterruptedException {
    Throwable cause = failed.getCause();
    if (cause instanceof TransferException reason) throw reason;
    if (cause instanceof SourceChangedException reason) throw reason;
    if (cause instanceof InterruptedException reason) throw reason;
    if (cause instanceof Error reason) throw reason;
    return cause instanceof RuntimeException reason ? reason : new IllegalStateException(cause);
  }

  private static void awaitRest(ExecutorService threads) {
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
