package dev.freshet.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Something that a runtime's program does for a while, as its viewers see it. It ends once: what is
 * told after that is not sent. Thread-safe.
 */
public final class Execution {
  private static final String STARTED = "started";
  private static final String ENDED = "ended";

  private final RuntimeStore store;
  private final String executionId;
  private final String turnId;

  /**
   * @param status {@code started}, {@code completed} or {@code failed}
   * @param error why it failed; null unless it did
   */
  record Status(String status, String executionId, String turnId, @Nullable String error) {}

  Execution(RuntimeStore store, String executionId, String turnId) {
    this.store = store;
    this.executionId = executionId;
    this.turnId = turnId;
  }

  void started() {
    tell(STARTED, null, STARTED);
  }

  public void complete() {
    tell("completed", null, ENDED);
  }

  public void fail(String message) {
    tell("failed", message, ENDED);
  }

  private void tell(String status, @Nullable String error, String once) {
    store.tell(new Status(status, executionId, turnId, error), once);
  }
}
