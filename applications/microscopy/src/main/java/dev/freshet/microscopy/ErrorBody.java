package dev.freshet.microscopy;

import dev.freshet.application.Problem;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.event.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Errors as SmartEM clients expect them: {@code {"detail": …}}, a list of places where the request
 * is not valid.
 */
final class ErrorBody {
  private ErrorBody() {}

  static ObjectNode of(Problem problem) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    List<Invalid> errors = errors(problem);
    if (errors.isEmpty()) return body.put("detail", problem.detail());
    ArrayNode detail = body.putArray("detail");
    errors.forEach(invalid -> add(detail.addObject(), invalid));
    return body;
  }

  /** A 422 is always a list. */
  private static List<Invalid> errors(Problem problem) {
    if (problem.status() != 422 || !problem.errors().isEmpty()) return problem.errors();
    return List.of(new Invalid("request", "", problem.detail()));
  }

  /** The schema's {@code ValidationError}. What is missing is a place of its own. */
  private static void add(ObjectNode error, Invalid invalid) {
    ArrayNode location = error.putArray("loc");
    location(location, invalid);
    invalid.missing().ifPresent(location::add);
    error.put("msg", invalid.missing().isPresent() ? "Field required" : invalid.detail());
    error.put("type", invalid.missing().isPresent() ? "missing" : "value_error");
  }

  private static void location(ArrayNode location, Invalid invalid) {
    location.add(invalid.in());
    for (String token : invalid.pointer().split("/", -1)) {
      String segment = token.replace("~1", "/").replace("~0", "~");
      if (segment.matches("\\d{1,9}")) location.add(Integer.parseInt(segment));
      else if (!segment.isEmpty()) location.add(segment);
    }
  }
}
