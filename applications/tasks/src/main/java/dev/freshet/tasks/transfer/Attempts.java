package dev.freshet.tasks.transfer;

import dev.freshet.tasks.TaskRun;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.LongSupplier;

/**
 * Tries again what may succeed another time, with growing waits, until so many attempts one after
 * the other came to nothing.
 */
record Attempts(Context context, TaskRun.Report report) {

  /** What is tried. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, TransferException, SourceChangedException, InterruptedException;
  }

  /**
   * @param progress grows when an attempt that failed was not for nothing
   */
  <T> T persist(Work<T> work, LongSupplier progress)
      throws TransferException, SourceChangedException, InterruptedException {
    int failures = 0;
    while (true) {
      long before = progress.getAsLong();
      TransferException failure;
      try {
        return connected(work);
      } catch (TransferException failed) {
        if (failed.scope() != TransferException.Scope.ATTEMPT) throw failed;
        failure = failed;
      } catch (IOException failed) {
        if (Thread.interrupted()) throw new InterruptedException();
        failure = TransferException.attempt("connection_failed", said(failed));
      }
      failures = progress.getAsLong() > before ? 1 : failures + 1;
      if (failures >= context.settings().attempts()) throw givenUp(failure, failures);
      Thread.sleep(context.settings().backoff().delay(failures, failure.retryAfter()));
      report.attempt();
    }
  }

  private <T> T connected(Work<T> work)
      throws IOException, TransferException, SourceChangedException, InterruptedException {
    context.connections().acquire();
    try {
      return work.run();
    } finally {
      context.connections().release();
    }
  }

  private static TransferException givenUp(TransferException last, int failures) {
    return TransferException.file(
        last.error().code(), last.error().message() + "; given up after " + failures + " attempts");
  }

  private String said(IOException failed) {
    return switch (failed) {
      case UnknownHostException unknown -> "the host's name is not known";
      case SocketTimeoutException late ->
          "nothing came for " + context.settings().stall().toSeconds() + " s";
      case ConnectException refused -> "the connection was refused";
      default -> "the connection failed: " + failed.getMessage();
    };
  }
}
