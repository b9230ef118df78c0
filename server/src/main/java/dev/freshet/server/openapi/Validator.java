package dev.freshet.server.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Holds a request against its route's description. */
public final class Validator {
  /** An answer lists at most so many places that are wrong. */
  private static final int MAX_ERRORS = 20;

  private Validator() {}

  /**
   * Checks the parameters and gives back the body as JSON.
   *
   * @param header finds a header's value
   * @return null if the request has no body
   * @throws HttpProblem if something is not as described
   */
  public static @Nullable JsonNode check(
      Match.Found found,
      Map<String, List<String>> query,
      Function<String, @Nullable String> header,
      byte[] body) {
    List<Invalid> errors = new ArrayList<>();
    for (Parameter parameter : found.route().parameters()) {
      List<String> texts = texts(parameter, found.path(), query, header);
      if (!texts.isEmpty()) {
        validate(
            parameter.schema(),
            Coercion.value(parameter, texts),
            parameter.in(),
            parameter.name(),
            errors);
      } else if (parameter.required()) {
        errors.add(new Invalid(parameter.in(), parameter.name(), "is required"));
      }
    }
    if (!errors.isEmpty()) throw HttpProblem.invalid(errors);
    if (body.length > 0) checkEncoding(header.apply("content-encoding"));
    return Bodies.read(found.route().body(), header.apply("content-type"), body);
  }

  private static void checkEncoding(@Nullable String encoding) {
    if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity"))
      return;
    throw HttpProblem.of(
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        "content encoding '"
            + MediaType.printable(encoding)
            + "' is not read here; send the body as it is");
  }

  private static List<String> texts(
      Parameter parameter,
      Map<String, String> path,
      Map<String, List<String>> query,
      Function<String, @Nullable String> header) {
    if (parameter.in().equals("query")) return query.getOrDefault(parameter.name(), List.of());
    String value =
        parameter.in().equals("path") ? path.get(parameter.name()) : header.apply(parameter.name());
    return value == null ? List.of() : List.of(value);
  }

  /** The schema library cannot compare numbers of any size. */
  private static List<Error> errors(
      Schema schema, JsonNode value, String in, String at, List<Invalid> errors) {
    try {
      return schema.validate(value);
    } catch (JacksonException e) {
      errors.add(new Invalid(in, at, "has a number that is out of range"));
      return List.of();
    }
  }

  static void validate(Schema schema, JsonNode value, String in, String at, List<Invalid> errors) {
    for (Error error : errors(schema, value, in, at, errors)) {
      if (errors.size() == MAX_ERRORS) return;
      errors.add(invalid(error, in, at + error.getInstanceLocation()));
    }
  }

  private static Invalid invalid(Error error, String in, String pointer) {
    return error.getKeyword().equals("required")
        ? Invalid.lacks(in, pointer, error.getProperty())
        : new Invalid(in, pointer, said(String.valueOf(error.getMessage())));
  }

  /** The schema library's message as the rest of a sentence about the place. */
  private static String said(String message) {
    return message.replaceFirst("^(\\w+) found, (\\w+) expected$", "is of type $1, not $2");
  }
}
