package dev.freshet.view;

/**
 * The matching states are more than a snapshot may hold, or all snapshots being read are more than
 * memory may hold.
 */
public final class SnapshotTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final boolean retryable;

  SnapshotTooLargeException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** Whether it is only that too many are being read now. */
  public boolean retryable() {
    return retryable;
  }
}
