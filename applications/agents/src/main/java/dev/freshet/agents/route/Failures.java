package dev.freshet.agents.route;

import dev.freshet.agents.event.EventOrderException;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.run.RunException;
import dev.freshet.application.Problem;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Topic;
import java.util.List;
import java.util.Map;

/** The problems that this application's operations end with. */
public final class Failures {
  private Failures() {}

  /** Also for what the caller may not read (A1). */
  public static ProblemException notFound() {
    return failure(404, "not_found", "there is no such execution");
  }

  static ProblemException nothingThere(String what) {
    return failure(404, "not_found", "the execution has no such " + what);
  }

  public static ProblemException forbidden(Topic topic) {
    return failure(403, "forbidden", "the write grant does not cover '" + topic + "'");
  }

  static ProblemException notTheirs() {
    return failure(
        403, "forbidden", "only its owner, or a write grant for its topic, changes an execution");
  }

  static ProblemException finished(RunStatus status) {
    return failure(409, "execution_finished", "the execution is " + status.wire() + " already");
  }

  static ProblemException resolved(String decision) {
    return failure(409, "approval_resolved", "the approval is " + decision + " already");
  }

  static ProblemException forgotten() {
    return failure(
        409, "conflict", "the execution that this Idempotency-Key began is gone; use another key");
  }

  static ProblemException sequence(long after, long current) {
    String detail = "'after' is " + after + ", but the execution's sequence is " + current;
    return new ProblemException(
        new Problem(409, "sequence_mismatch", detail, List.of(), Map.of("current", current)));
  }

  static ProblemException order(EventOrderException refused, int index) {
    return failure(422, "event_order", "event " + index + ": " + refused.getMessage());
  }

  static ProblemException unavailable() {
    return failure(422, "kind_unavailable", "this server has no agent of its own");
  }

  public static ProblemException of(RunException refused) {
    String detail = String.valueOf(refused.getMessage());
    return switch (refused.kind()) {
      case TOO_MANY -> failure(429, "too_many_executions", detail);
      case WRONG -> invalid("body", "/events", detail);
      case TOO_LONG, FULL -> failure(413, "event_too_large", detail);
    };
  }

  /**
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
