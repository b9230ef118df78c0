package dev.freshet.tasks;

import dev.freshet.application.Problem;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Topic;
import java.util.List;

/** The problems that this application's operations end with. */
public final class Failures {
  private Failures() {}

  /** Also for what the caller may not read (A1). */
  static ProblemException notFound() {
    return failure(404, "not_found", "there is no such task");
  }

  static ProblemException forbidden(Topic topic) {
    return failure(403, "forbidden", "the write grant does not cover '" + topic + "'");
  }

  static ProblemException finished(TaskDetail task) {
    return failure(409, "task_finished", "the task is " + task.status().wire() + " already");
  }

  static ProblemException notRetryable(TaskDetail task) {
    return failure(
        409,
        "task_not_retryable",
        "the task is " + task.status().wire() + "; a failed or cancelled one can be retried");
  }

  static ProblemException forgotten() {
    return failure(
        409, "conflict", "the task that this Idempotency-Key made is gone; use another key");
  }

  static ProblemException tooMany(int waiting) {
    return failure(
        429,
        "too_many_tasks",
        waiting + " tasks of this tenant wait; at most that many may (tasks.pending); try later");
  }

  static ProblemException tooLarge(long bytes, long limit) {
    return failure(
        413,
        "event_too_large",
        "the task's document could grow to "
            + bytes
            + " bytes; at most "
            + limit
            + " (limits.event): make several tasks");
  }

  static ProblemException unavailable(String why) {
    return failure(422, "kind_unavailable", why);
  }

  /**
   * That the request is not right; for kinds, too.
   *
   * @param pointer a JSON Pointer into the body, or a parameter's name
   */
  public static ProblemException invalid(String in, String pointer, String detail) {
    return new ProblemException(
        new Problem(422, "invalid_request", detail, List.of(new Invalid(in, pointer, detail))));
  }

  private static ProblemException failure(int status, String code, String detail) {
    return new ProblemException(new Problem(status, code, detail));
  }
}
