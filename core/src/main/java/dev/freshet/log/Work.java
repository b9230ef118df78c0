package dev.freshet.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Something for the committer to write, with whatever else is waiting, in one go. */
abstract class Work<T> {
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  /** Owned by the committer. */
  private @Nullable T result;

  /**
   * Adds this to what the group writes; on the committer's thread.
   *
   * @return what {@link #await} returns once it is written
   * @throws LogException if it cannot be done; the group is then as it was
   */
  abstract T stage(Group group) throws RocksDBException;

  final void stageIn(Group group) throws RocksDBException {
    result = stage(group);
  }

  final void succeed() {
    outcome.complete(result);
  }

  final void fail(LogException failure) {
    outcome.completeExceptionally(failure);
  }

  /** Waits until it is durable. */
  final T await() {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof LogException failure) throw failure;
      throw e;
    }
  }
}
