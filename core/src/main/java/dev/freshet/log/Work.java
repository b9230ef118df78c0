package dev.freshet.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Something for the committer to write, with whatever else is waiting, in one go. */
abstract class Work<T> {
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  // Owned by the committer.
  private @Nullable T result;
  private @Nullable LogException refusal;

  /**
   * Adds this to what the group writes; on the committer's thread.
   *
   * @return what {@link #await} returns once it is written
   * @throws LogException if it cannot be done; the group is then as it was
   */
  abstract T stage(Group group) throws RocksDBException;

  /**
   * What cannot be done does no harm to the rest of the group, but hears so only after the write:
   * it may be the group's own changes that stand against it, and those are not durable before.
   */
  final void stageIn(Group group) throws RocksDBException {
    try {
      result = stage(group);
    } catch (LogException refused) {
      refusal = refused;
    }
  }

  final void answer() {
    if (refusal == null) outcome.complete(result);
    else outcome.completeExceptionally(refusal);
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
