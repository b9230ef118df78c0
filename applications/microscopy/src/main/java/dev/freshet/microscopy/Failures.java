package dev.freshet.microscopy;

import dev.freshet.application.Problem;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.application.ProblemException;
import java.util.List;

/** The problems that this application's operations end with. */
final class Failures {
  private Failures() {}

  /** Also for what the caller may not read (A1). */
  static ProblemException notFound(Kind kind) {
    return failure(404, "not_found", kind.label() + " not found");
  }

  static ProblemException forbidden(Kind kind) {
    return failure(403, "forbidden", kind.label() + " may not be written with this token");
  }

  static ProblemException conflict(String detail) {
    return failure(409, "conflict", detail);
  }

  static ProblemException exists(Kind kind) {
    return conflict(kind.label() + " already exists");
  }

  /** A request that is against a bound or rule that the schema does not state. */
  static ProblemException unprocessable(String detail) {
    return failure(422, "invalid_request", detail);
  }

  static ProblemException invalid(String in, String pointer, String detail) {
    return new ProblemException(
        new Problem(422, "invalid_request", detail, List.of(new Invalid(in, pointer, detail))));
  }

  private static ProblemException failure(int status, String code, String detail) {
    return new ProblemException(new Problem(status, code, detail));
  }
}
