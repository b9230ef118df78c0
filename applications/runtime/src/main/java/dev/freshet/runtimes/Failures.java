package dev.freshet.runtimes;

import dev.freshet.application.Problem;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Topic;
import dev.freshet.runtime.ActionException;
import java.util.List;

/** The problems that this application's routes end with. */
final class Failures {
  private Failures() {}

  /** Also for what the caller may not read (A1). */
  static ProblemException noRuntime(String name) {
    return failure(404, "not_found", "there is no runtime '" + name + "'");
  }

  /** Also for what the caller may not read (A1). */
  static ProblemException noSlice(String name) {
    return failure(404, "not_found", "there is no slice '" + name + "'");
  }

  static ProblemException forbidden(Topic topic) {
    return failure(
        403, "forbidden", "the write grant does not cover '" + topic + "'; nothing was done");
  }

  static ProblemException of(ActionException failure) {
    String reason = String.valueOf(failure.getMessage());
    return switch (failure) {
      case ActionException.Unknown unknown -> invalid("/type", reason);
      case ActionException.Invalid invalid -> invalid("/payload", reason);
      case ActionException.IdUsed used -> failure(409, "action_id_used", reason);
      case ActionException.Refused refused -> failure(409, "action_refused", reason);
    };
  }

  private static ProblemException invalid(String pointer, String detail) {
    return new ProblemException(
        new Problem(422, "invalid_request", detail, List.of(new Invalid("body", pointer, detail))));
  }

  private static ProblemException failure(int status, String code, String detail) {
    return new ProblemException(new Problem(status, code, detail));
  }
}
