package dev.freshet.microscopy;

import dev.freshet.application.Problem;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.event.Json;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Errors as SmartEM clients expect them: {@code {"detail": …}}, a list of places where the request
 * is not valid.
 */
final class ErrorBody {
  /** How the schema validator says it. */
  private static final Pattern MISSING = Pattern.compile("lacks the required property '([^']*)'");

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
    Matcher missing = MISSING.matcher(invalid.detail());
    boolean matches = missing.find();
    ArrayNode location = error.putArray("loc");
    location(location, invalid);
    if (matches) location.add(missing.group(1));
    error.put("msg", matches ? "Field required" : invalid.detail());
    error.put("type", matches ? "missing" : "value_error");
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
