package dev.freshet.tasks;

/** Ends a task as failed. */
public final class TaskFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final transient TaskError error;

  public TaskFailure(String code, String message) {
    super(code + ": " + message, null, false, false);
    this.error = new TaskError(code, message);
  }

  public TaskError error() {
    return error;
  }
}
