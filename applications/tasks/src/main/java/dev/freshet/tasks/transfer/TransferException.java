package dev.freshet.tasks.transfer;

import dev.freshet.tasks.TaskError;
import java.time.Duration;

/** Why a file could not be transferred. */
final class TransferException extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;
  private final Scope scope;
  private final Duration retryAfter;

  /** What it stands in the way of. */
  enum Scope {
    /** This attempt: another may succeed. */
    ATTEMPT,
    /** This file. */
    FILE,
    /** Every file of the task. */
    TASK
  }

  private TransferException(Scope scope, String code, String message, Duration retryAfter) {
    super(message, null, false, false);
    this.scope = scope;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  static TransferException attempt(String code, String message) {
    return new TransferException(Scope.ATTEMPT, code, message, Duration.ZERO);
  }

  /**
   * @param retryAfter the next attempt is not to come sooner
   */
  static TransferException attempt(String code, String message, Duration retryAfter) {
    return new TransferException(Scope.ATTEMPT, code, message, retryAfter);
  }

  static TransferException file(String code, String message) {
    return new TransferException(Scope.FILE, code, message, Duration.ZERO);
  }

  static TransferException task(String code, String message) {
    return new TransferException(Scope.TASK, code, message, Duration.ZERO);
  }

  Scope scope() {
    return scope;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  TaskError error() {
    return new TaskError(code, String.valueOf(getMessage()));
  }
}
