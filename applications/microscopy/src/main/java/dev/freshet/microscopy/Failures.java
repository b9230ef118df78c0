package dev.freshet.microscopy;

import dev.freshet.application.Problem;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Topic;
import java.util.List;
import java.util.Locale;

/** The problems that this application's operations end with. */
final class Failures {
  private Failures() {}

  /** Also for what the caller may not read (A1). */
  static ProblemException notFound(Kind kind) {
    return notFound(kind.label());
  }

  static ProblemException notFound(String label) {
    return failure(404, "not_found", label + " not found");
  }

  static ProblemException forbidden(Topic topic) {
    return failure(403, "forbidden", "the write grant does not cover '" + topic + "'");
  }

  static ProblemException conflict(String detail) {
    return failure(409, "conflict", detail);
  }

  static ProblemException exists(Kind kind) {
    return exists(kind.label());
  }

  static ProblemException exists(String label) {
    return conflict(label + " already exists");
  }

  static ProblemException notATime(String pointer, String text) {
    return invalid("body", pointer, "'" + text + "' is not an ISO 8601 date and time");
  }

  static ProblemException tooMany(Kind kind, int limit) {
    String remedy =
        kind.parent()
            .map(parent ->
                "; ask for those of one " + parent.label().toLowerCase(Locale.ROOT) + " at a time")
            .orElse("");
    return invalid("path", "/" + kind.segment(), "has more than " + limit + " entities" + remedy);
  }

  static ProblemException invalid(String in, String pointer, String detail) {
    return invalid(new Invalid(in, pointer, detail));
  }

  static ProblemException invalid(Invalid place) {
    return new ProblemException(
        new Problem(422, "invalid_request", place.detail(), List.of(place)));
  }

  private static ProblemException failure(int status, String code, String detail) {
    return new ProblemException(new Problem(status, code, detail));
  }
}
