package dev.freshet.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A part of a task.
 *
 * @param id unique in the task
 * @param bytesTotal null while it is not known
 * @param attempts how often it was begun
 * @param sha256 of what was made, in lower-case hexadecimal digits; null before
 */
public record Subtask(
    String id,
    String name,
    Status status,
    long bytesDone,
    @Nullable Long bytesTotal,
    long bytesPerSecond,
    int attempts,
    @Nullable String sha256,
    @Nullable TaskError error) {

  /** The same, ended with the task. */
  Subtask ended(Status with) {
    return new Subtask(
        id,
        name,
        status.terminal() ? status : with,
        bytesDone,
        bytesTotal,
        0,
        attempts,
        sha256,
        error);
  }
}
